"""The pages with which officers keep a child’s record right, and make one record of two."""
