"""A child's story: lines are added, never changed."""
