"""What must be true of an installation, each as a named check that says what is wrong and what to do."""
