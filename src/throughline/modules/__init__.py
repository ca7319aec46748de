"""The areas of work; none knows another exists."""
