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
    "service_away": _(
        "GOV.UK Notify cannot be reached, or does not accept our key. The message is kept and will be tried again."
    ),
    "no_such_address": _(
        "This address or number does not exist. Check it with the person, correct it on the record, then try again."
    ),
    "not_reached": _(
        "It could not be delivered: the mailbox is full or the telephone was off for days. Try again, or write a letter."
    ),
    "service_fault": _("GOV.UK Notify could not send it because of a fault of its own. Try again."),
    "letter_unfit": _(
        "GOV.UK Notify did not accept the letter. Tell your system administrator, and print it here."
    ),
    "cancelled": _("It was cancelled in GOV.UK Notify."),
    "nobody": _("The message names nobody to send it to."),
    "account_closed": _("The person’s account was closed, so it was not sent."),
    "no_tie": _(
        "The person is no longer tied to the child it is about, so it was not sent. Check the family on the record."
    ),
    "contact_limited": _(
        "Contact between this person and the child is limited, so it was not sent. Ask the child’s worker before you do."
    ),
    "no_email": _("We have no email address for this person. Add one to the record, then try again."),
    "no_mobile": _("We have no mobile number for this person. Add one to the record, then try again."),
    "no_text_service": _("Text messages cannot be sent from here yet. Write by email or letter instead."),
    "no_address": _("We do not know where this person lives. Add an address to the record, then try again."),
    "several_addresses": _(
        "The record gives more than one home for this person. End the one that is no longer theirs, then try again."
    ),
    "restricted_address": _(
        "Where this person lives is kept from others for somebody’s safety. Nothing was printed. Ask the child’s worker "
        "how to write to them."
    ),
    "address_changed": _(
        "The address changed after the letter was printed. Do not post that sheet: destroy it, then print the letter "
        "again."
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
