"""The shared record, and what protects it."""
