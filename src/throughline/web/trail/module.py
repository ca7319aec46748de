"""The pages of the trail and their policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page

VIEWS = "throughline.web.trail.pages"
LEAVE = "audit.search"

MODULE = Module(
    code="trail",
    label=_("Searching the trail"),
    pages=(
        Page("trail.search", "trail/", f"{VIEWS}.search", "staff", LEAVE),
        Page("trail.event", "trail/events/<uuid:event_id>/", f"{VIEWS}.event", "staff", LEAVE),
        Page("trail.who_saw", "who-saw/", f"{VIEWS}.who_saw_child", "staff", LEAVE),
        Page("trail.who_saw_file", "who-saw/file/", f"{VIEWS}.who_saw_file", "staff", LEAVE),
    ),
    cards=(Card("staff", "throughline.web.trail.cards.how_it_stands", 70),),
    menu=(
        MenuItem("staff", _("The trail"), "trail.search", order=85),
        MenuItem("staff", _("Who saw a child"), "trail.who_saw", order=86),
    ),
)
