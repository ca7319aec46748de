"""What is read about sharing: the rules, their effect, what was decided for one child, emergencies and who looked."""
