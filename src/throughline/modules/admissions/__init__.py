"""School places: arrangements, applications, the round, its offers and its waiting lists."""
