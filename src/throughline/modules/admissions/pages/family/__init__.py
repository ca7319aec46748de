"""What a parent or carer meets."""
