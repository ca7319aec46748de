"""Work for the background: queued in the same transaction, tried again, taken back from a killed worker, on a schedule."""
