"""Counts so small that they could tell of one child are not published."""
