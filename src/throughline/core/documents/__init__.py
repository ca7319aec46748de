"""Files kept on the record: what they are, where they came from, what they support."""
