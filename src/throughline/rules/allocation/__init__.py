"""Rank applicants, allocate places, say why; and a separate checker.

Arrays in, arrays out: nothing here knows a database, a clock, a network or a source of randomness.
"""
