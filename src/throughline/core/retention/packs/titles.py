"""What the rows of tables are called for somebody who reads what is held about them."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, Any] = {
    "people.Child": _("Who the child is"),
    "people.FormerName": _("A name used before"),
    "people.Identifier": _("A number by which the child is known"),
    "people.SealedIdentity": _("A sealed identity"),
    "people.Tie": _("An adult in the child’s life"),
    "people.ContactLimit": _("A limit on contact"),
    "people.Residence": _("A place where the child lived"),
    "people.Sibling": _("A brother or sister"),
    "people.Enrolment": _("Time at a school"),
    "people.Fact": _("Something recorded about the child’s circumstances"),
    "people.Involvement": _("Somebody who works with the child"),
    "people.Voice": _("Something the child said"),
    "people.PairDecision": _("A decision that two records are of different children"),
    "people.Merge": _("Two records that were made one"),
    "alerts.Alert": _("An alert"),
    "sharing.Override": _("A decision about who sees what"),
    "sharing.Asked": _("Somebody asked to see more"),
    "sharing.BrokenGlass": _("The record was opened in an emergency"),
    "timeline.Entry": _("A line of the child’s story"),
    "outbox.Message": _("A message"),
    "documents.Document": _("A document"),
    "requests.Request": _("Something that was asked"),
    "exchange.ProposedChild": _("A line of a file that came in"),
    "exchange.Difference": _("A difference found in a file that came in"),
    "exchange.Applied": _("A change made from a file that came in"),
    "exchange.Move": _("A move to another school or authority"),
    "exchange.SentFile": _("A transfer file about the child alone"),
    "admissions.Application": _("An application for a school place"),
    "admissions.Preference": _("A school that was asked for"),
    "admissions.Claim": _("What an application said about the child"),
    "admissions.TestResult": _("A result of a test for a school"),
    "admissions.Submission": _("An application as it was sent"),
    "admissions.Offer": _("An offer of a school place"),
}


def title_of(model: Any) -> str:
    """The words for a table; its own name for one that came with another module."""
    return str(TITLES.get(model._meta.label) or capfirst(str(model._meta.verbose_name)))
