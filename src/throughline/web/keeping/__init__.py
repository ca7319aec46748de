"""Pages of keeping and disposing, and of subject access requests."""
