"""How the installation is running, for whoever looks after it."""
