"""What changes admissions: each function says who does it, asks permission first, and makes one change."""
