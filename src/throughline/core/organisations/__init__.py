"""Authorities and schools: who they are, what they were, who decides admissions for them."""
