"""A young person’s own page, their words and their way in."""
