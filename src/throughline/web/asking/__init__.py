"""What is asked of whom: the pages."""
