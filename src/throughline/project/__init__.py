"""Settings, addresses, worker, start-up, command line."""
