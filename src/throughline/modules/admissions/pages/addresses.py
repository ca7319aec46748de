"""Every page of admissions, with its policy."""

from throughline.core.registry.sockets import Card, MenuItem, Page

PAGES: tuple[Page, ...] = ()
MENU: tuple[MenuItem, ...] = ()
CARDS: tuple[Card, ...] = ()
