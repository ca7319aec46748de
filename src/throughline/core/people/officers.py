"""What officers' pages do to a record by keys: moves, circumstances, homes of adults. The rest is done where its rows are."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.viewer import Refused, require
from ..audit.actor import Actor
from ..audit.change import change
from ..organisations.models import School
from ..registry.assembly import installed
from ..timeline.actions import tell
from .actions import AddressDetails, record_fact
from .addresses import kept_from_others, move_adult, why_still_kept
from .editing import ChangedMeanwhile, save_over
from .existing import existing_child
from .models import Address, AdultResidence, Fact, Residence
from .telling import fact_ended, moved_home

EDIT = "people.edit"


def move_home(
    *,
    by: Actor,
    child_id: UUID,
    address: AddressDetails,
    since: date,
    evidence: str = "",
    seen: str | None = None,
) -> Residence:
    """Say where a child lives from a day on. Where the child lived until then is kept with its end.

    Args:
        by: who does it.
        child_id: the child.
        address: where to.
        since: the first day there.
        evidence: what shows it.
        seen: the keys of the homes the officer was shown as present ones; of two who move a child, the second is told.

    Raises:
        Refused: there is no such child.
        ChangedMeanwhile: somebody else recorded a move since the form was opened.
        ValidationError: the day is in the future, or before the child came to live at the present home.
    """
    require(by, EDIT)
    child = existing_child(child_id)
    if since > timezone.localdate():
        raise ValidationError({"since": _("The day must not be in the future. Nothing was changed.")})
    before = Residence.objects.filter(child=child, until__isnull=True).order_by("id")
    homes = list(before.select_related("address"))
    if seen is not None and seen != ",".join(str(home.pk) for home in homes):
        raise ChangedMeanwhile
    if any(since < home.since for home in homes):
        words = _("That is before the child came to live at the present address. Nothing was changed.")
        raise ValidationError({"since": words})
    with change("child moved home", by=by):
        if before.update(until=since) != len(homes):
            raise ChangedMeanwhile
        place = _place(address, why_still_kept(homes, address.lines, address.postcode, address.uprn))
        row: Residence = Residence.objects.create(
            child=child, address=place, since=since, evidence=evidence.strip()[:200]
        )
        if homes:
            tell(by=by, lines=[moved_home(row, restricted=place.restricted)])
    return row


def adult_lives_at(*, by: Actor, adult_id: UUID, address: AddressDetails, since: date) -> AdultResidence:
    """Say where an adult lives from a day on: where letters to them go."""
    require(by, EDIT)
    if since > timezone.localdate():
        raise ValidationError({"since": _("The day must not be in the future. Nothing was changed.")})
    with change("adult's address recorded", by=by):
        place = _place(address, kept_from_others(address.lines, address.postcode, address.uprn))
        return move_adult(by=by, adult_id=adult_id, address=place, since=since)


def add_fact(
    *,
    by: Actor,
    child_id: UUID,
    kind: str,
    source: str,
    evidence: str = "",
    school_id: UUID | None = None,
    since: date | None = None,
) -> Fact:
    """Put a standing fact on a child's record, or return the one that stands already.

    Raises:
        Refused: there is no such child or school.
        ValidationError: it names no school although its kind does, or it begins in the future.
    """
    require(by, EDIT)
    declared = installed().facts.get(kind)
    if declared is None:
        raise ValidationError({"kind": _("Choose a circumstance from the list. Nothing was changed.")})
    if declared.names_school and school_id is None:
        raise ValidationError({"school": _("Choose the school that this is about. Nothing was changed.")})
    if since is not None and since > timezone.localdate():
        raise ValidationError({"since": _("The day must not be in the future. Nothing was changed.")})
    school = School.objects.filter(pk=school_id).first() if declared.names_school else None
    if declared.names_school and school is None:
        raise Refused("No such school.")
    child = existing_child(child_id)
    return record_fact(
        by=by, child=child, kind=kind, source=source, evidence=evidence, school=school, since=since
    )


def fact_is_over(*, by: Actor, child_id: UUID, fact_id: UUID, on: date, seen: str = "") -> Fact:
    """Say that a fact holds no longer from a day on. It stays on the record.

    Raises:
        Refused: there is no such fact about this child.
        ChangedMeanwhile: somebody else changed it since the form was opened.
        ValidationError: it would end before it began.
    """
    require(by, EDIT)
    fact: Fact | None = Fact.objects.filter(pk=fact_id, child_id=existing_child(child_id).pk).first()
    if fact is None:
        raise Refused("No such fact about this child.")
    if fact.since is not None and on < fact.since:
        raise ValidationError({"on": _("That is before it began. Nothing was changed.")})
    with change("fact ended", by=by):
        save_over(fact, seen, {"until": on})
        tell(by=by, lines=fact_ended(fact))
    return fact


def _place(address: AddressDetails, because: str) -> Address:
    made: Address = Address.objects.create(
        **vars(address), restricted=bool(because), restricted_because=because
    )
    return made
