"""Files that come in: kept, read, refused whole or applied as one change."""
