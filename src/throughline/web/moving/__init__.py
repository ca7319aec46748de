"""A child goes to another school or authority: what is sent, by which way, and whether it has arrived."""
