"""People who sign in: accounts, teams, roles, and what each may do."""
