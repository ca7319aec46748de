"""The words of admissions: whole sentences made from codes and numbers, ready for Welsh."""
