"""Things that a team should look at."""
