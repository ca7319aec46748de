"""The front doors: what people see and press."""
