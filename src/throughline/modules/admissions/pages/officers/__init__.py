"""What an admissions officer meets."""
