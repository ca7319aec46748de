"""What people fill in about sharing."""
