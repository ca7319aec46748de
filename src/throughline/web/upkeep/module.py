"""The page about background work and its policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page

VIEWS = "throughline.web.upkeep"
SEE = "work.see"

MODULE = Module(
    code="upkeep",
    label=_("How the installation is running"),
    pages=(Page("upkeep.work", "background-work/", f"{VIEWS}.pages.work", "staff", SEE),),
    menu=(MenuItem("staff", _("Background work"), "upkeep.work", order=88),),
    cards=(Card("staff", f"{VIEWS}.cards.running", 3),),
)
