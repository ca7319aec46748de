"""What was recorded while two records were one, to keep somebody safe, once they are two again.

Nobody knows then which of the two children it was about, so it holds for both until somebody has looked: the stricter wins.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from ...sharing.models import Override
from ..models import ContactLimit, Merge, Tie

LIMIT = ("kind", "keeps_back", "since", "until", "evidence")
DECISION = (
    *("user_id", "category", "grants", "reason", "since", "until", "tell_family", "state"),
    *("proposed_by", "proposed_by_id", "proposed_at", "decided_by", "decided_by_id", "decided_at"),
    *("decision_reason",),
)


def keep_safe_on_both(merge: Merge, on: date) -> None:
    """Let limits on contact, and decisions to withhold, hold for both records. Called inside the change that parts them."""
    _limits_follow_their_ties(merge)
    # Keys are in the order of making: what has a later one than the merge was recorded since.
    since = {"pk__gt": merge.pk}
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    for limit in ContactLimit.objects.filter(lasting, child_id=merge.kept_id, **since).select_related("tie"):
        values = {name: getattr(limit, name) for name in LIMIT}
        for tie in Tie.objects.filter(child_id=merge.gone_id, adult_id=limit.tie.adult_id):
            ContactLimit.objects.get_or_create(tie=tie, child_id=merge.gone_id, **values)
    withheld = Override.objects.filter(
        child_id=merge.kept_id, grants=False, state=Override.State.APPROVED, until__gte=on, **since
    )
    for decision in withheld:
        values = {name: getattr(decision, name) for name in DECISION}
        Override.objects.create(child_id=merge.gone_id, **values)


def _limits_follow_their_ties(merge: Merge) -> None:
    """A limit is about the child of its tie: where the tie went back to the other record, so does what limits it."""
    strayed = ContactLimit.objects.filter(child_id=merge.kept_id, tie__child_id=merge.gone_id)
    keys = list(strayed.values_list("pk", flat=True))
    ContactLimit.objects.filter(pk__in=keys).update(child_id=merge.gone_id)
