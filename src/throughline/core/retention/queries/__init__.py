"""What people read about keeping and disposing."""
