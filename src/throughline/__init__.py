"""Throughline: one record for every child, and the work around it."""
