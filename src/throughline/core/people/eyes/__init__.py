"""Whose eyes can look at a child's record: the people around the child, and what was decided for each of them."""
