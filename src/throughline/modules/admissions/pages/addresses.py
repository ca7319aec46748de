"""Every page of admissions, with its policy: each area declares its own."""

from throughline.core.registry.sockets import Card, MenuItem, Page

from .arrangements import addresses as arrangements
from .public import addresses as public

PAGES: tuple[Page, ...] = (*arrangements.PAGES, *public.PAGES)
MENU: tuple[MenuItem, ...] = (*arrangements.MENU, *public.MENU)
CARDS: tuple[Card, ...] = (*arrangements.CARDS, *public.CARDS)
