"""The pages that belong to no area of work."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Module, Page

VIEWS = "throughline.web.portals"

PUBLIC = (
    Page("portals.start", "", f"{VIEWS}.home.start", "public"),
    Page("portals.accessibility", "accessibility/", f"{VIEWS}.home.accessibility", "public"),
    Page("portals.privacy", "privacy/", f"{VIEWS}.home.privacy", "public"),
    Page("portals.cookies", "cookies/", f"{VIEWS}.home.cookies", "public"),
    Page("portals.language", "language/", f"{VIEWS}.language.choose_language", "public"),
)
SIGNED_IN = (
    Page("portals.home", "home/", f"{VIEWS}.home.home", "signed_in", open_to_portal=True),
    Page("portals.sessions", "signed-in/", f"{VIEWS}.sessions.signed_in", "signed_in", open_to_portal=True),
)
# Pages that give away passwords exist only where there is nothing to protect.
DEMONSTRATION = (
    Page("portals.demonstration", "demonstration/", f"{VIEWS}.demonstration_pages.sign_ins", "public"),
    Page(
        "portals.demonstration_file",
        "demonstration/files/<str:name>",
        f"{VIEWS}.demonstration_pages.file_to_try",
        "public",
    ),
    Page("portals.outbox", "demonstration/messages/", f"{VIEWS}.demonstration_pages.outbox", "public"),
)

MODULE = Module(
    code="portals",
    label=_("Portals"),
    pages=(*PUBLIC, *SIGNED_IN, *(DEMONSTRATION if settings.DEMONSTRATION else ())),
)
