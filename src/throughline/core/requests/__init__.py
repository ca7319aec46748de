"""Something asked of somebody by a date."""
