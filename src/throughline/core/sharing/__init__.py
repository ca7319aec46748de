"""Turns rows into what a reader may see, and says why where something is held back."""
