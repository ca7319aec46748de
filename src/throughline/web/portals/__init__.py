"""The portals: who may come in by which door, their home pages, menus and sign-in."""
