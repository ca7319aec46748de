"""Looking that is unusual because of who somebody is: their own family, their street, a colleague's child, no tie at all."""
