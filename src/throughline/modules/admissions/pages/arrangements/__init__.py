"""A school's arrangements as officers read, compare and write them."""
