"""A child's record as people read it, whoever they are: each page shows what its reader may see, and says what it does not."""
