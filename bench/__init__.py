"""Benchmarks that print ratios against a peer or a floor measured in the same run. ``python -m bench`` runs them."""
