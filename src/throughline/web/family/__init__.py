"""The family's page: the record as they may see it, who is involved, what each may see, and who has looked."""
