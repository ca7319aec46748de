"""What officers, families and the public meet."""
