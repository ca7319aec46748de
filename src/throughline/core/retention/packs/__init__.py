"""Answering a subject access request: gathering, reading, giving."""
