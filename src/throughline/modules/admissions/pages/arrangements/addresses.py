"""Arrangements: pages for staff."""

from throughline.core.registry.sockets import Card, MenuItem, Page

PAGES: tuple[Page, ...] = ()
MENU: tuple[MenuItem, ...] = ()
CARDS: tuple[Card, ...] = ()
