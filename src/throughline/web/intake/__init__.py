"""Pages for bringing files in: what came, what became of it, and what was odd."""
