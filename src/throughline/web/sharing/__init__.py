"""Pages about sharing: the rules, decisions for one child, seeing as another, printed copies, emergencies."""
