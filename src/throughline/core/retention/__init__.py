"""How long a record is kept, what holds it, and the proof that it is gone."""
