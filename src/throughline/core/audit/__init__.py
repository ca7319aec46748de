"""Who did what, and who looked at what; and the base classes that let nothing be written unseen."""
