"""Pages for files about children: sent in, reviewed difference by difference, put on the record, taken back."""
