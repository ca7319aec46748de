"""The circle of a child, and the children one works with: the pages."""
