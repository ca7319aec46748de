"""What the worker runs for admissions."""
