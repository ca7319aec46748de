"""The child from birth to 25, the family around them, where they live and where they learn."""
