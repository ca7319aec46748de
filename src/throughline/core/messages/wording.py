"""The outbox in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Delivery

Text = str | Promise

SHOWN_ONLY: Text = _("Shown on the demonstration’s page. Nothing was sent.")
WORDS_HELD_BACK: Text = _(
    "The words of messages about signing in are shown to nobody but the person they are for."
)
WORDS_WIPED: Text = _("The words were removed after an hour, because they held a code for signing in.")
PROBLEMS: dict[str, Text] = {
    "server_away": _("The mail server cannot be reached. The message is kept and will be tried again."),
    "not_accepted": _("The mail server did not accept the message. It is kept and will be tried again."),
    "refused": _(
        "The mail server refused this address for good. Check the address with the person, then write again."
    ),
    "given_up": _(
        "The message was tried several times without success. Check the address, or write a letter."
    ),
    "out_of_date": _("The message could not be sent while its code was still valid. Ask for a new code."),
}


def state_words(delivery: Delivery) -> Text:
    """How far a message has got, in a sentence or a label."""
    if delivery.shown_only:
        return SHOWN_ONLY
    if delivery.problem:
        return PROBLEMS[delivery.problem]
    return Delivery.State(delivery.state).label
