"""What the authority sends: written in the same transaction as the act, sent by the worker."""
