"""The doors of sharing: one file for each kind of page."""
