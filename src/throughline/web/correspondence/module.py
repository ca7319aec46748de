"""The pages of correspondence and their policy."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, Demonstration, MenuItem, Module, Page

VIEWS = "throughline.web.correspondence"
SEE, RETRY, PRINT = "messages.see", "messages.retry", "messages.print"

STAFF = (
    Page("correspondence.board", "messages/", f"{VIEWS}.board.board", "staff", SEE),
    Page("correspondence.message", "messages/<uuid:message_id>/", f"{VIEWS}.board.message", "staff", SEE),
    Page("correspondence.retry", "messages/<uuid:message_id>/again/", f"{VIEWS}.board.again", "staff", RETRY),
    Page(
        "correspondence.letter",
        "messages/<uuid:message_id>/letter/",
        f"{VIEWS}.posting.letter",
        "staff",
        PRINT,
    ),
    Page(
        "correspondence.posted",
        "messages/<uuid:message_id>/posted/",
        f"{VIEWS}.posting.posted",
        "staff",
        PRINT,
    ),
    Page(
        "correspondence.quiet_days",
        "messages/quiet-days/",
        f"{VIEWS}.quiet_days.quiet_days",
        "staff",
        "messages.quiet_days",
    ),
)
EVERYBODY = (
    Page(
        "correspondence.contact",
        "how-we-contact-you/",
        f"{VIEWS}.contact.contact",
        "signed_in",
        open_to_portal=True,
    ),
)
# Public, because another computer calls it; without the token that only it and we know it is not there.
RECEIPTS = (Page("correspondence.receipts", "messages/receipts/", f"{VIEWS}.receipts.receipts", "public"),)
DEMONSTRATION = (
    Page(
        "correspondence.letter_shown",
        "demonstration/messages/<uuid:message_id>/letter/",
        f"{VIEWS}.posting.letter_of_the_demonstration",
        "public",
    ),
)

MODULE = Module(
    code="correspondence",
    label=_("Messages and letters"),
    pages=(*STAFF, *EVERYBODY, *RECEIPTS, *(DEMONSTRATION if settings.DEMONSTRATION else ())),
    menu=(MenuItem("staff", _("Messages"), "correspondence.board", order=85),),
    demonstration=(Demonstration(f"{VIEWS}.demo.run", order=90),),
    cards=(Card("staff", f"{VIEWS}.board.to_do", order=85),),
)
