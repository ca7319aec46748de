"""Pages for a child's documents: what there is, adding, reading, replacing; and how uploads are received."""
