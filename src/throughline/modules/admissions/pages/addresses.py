"""Every page of admissions, with its policy: each area declares its own."""

from throughline.core.registry.sockets import Card, MenuItem, Page, Tab

from .arrangements import addresses as arrangements
from .family import addresses as family
from .officers import addresses as officers
from .public import addresses as public

PAGES: tuple[Page, ...] = (*family.PAGES, *officers.PAGES, *arrangements.PAGES, *public.PAGES)
MENU: tuple[MenuItem, ...] = (*family.MENU, *officers.MENU, *arrangements.MENU, *public.MENU)
CARDS: tuple[Card, ...] = (*family.CARDS, *officers.CARDS, *arrangements.CARDS, *public.CARDS)
TABS: tuple[Tab, ...] = officers.TABS
