"""Accessible PDF files (PDF/UA-1) from typed data, so that nobody's words can become layout."""
