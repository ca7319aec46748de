"""Who may see which category about whom, at what detail, and the reason."""
