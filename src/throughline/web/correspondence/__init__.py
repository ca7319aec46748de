"""Pages about messages: the staff's board, letters to print, how each person wishes to be contacted, and receipts."""
