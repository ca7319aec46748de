"""How adults stand to children: responsibility with its evidence, limits on contact with their dates, who lives with whom."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.viewer import Refused, require
from ..audit.actor import Actor
from ..audit.change import change
from ..sharing.actions import end_grants
from .editing import save_over
from .existing import existing_child
from .models import Adult, ContactLimit, Tie

EDIT, RESTRICT = "people.edit", "people.restrict"


@dataclass(frozen=True)
class AdultDetails:
    """What is asked about an adult in a child's life."""

    forename: str
    surname: str
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Standing:
    """How an adult stands to a child, and on what evidence."""

    kind: str
    responsibility_by: str = ""
    ordered_on: date | None = None
    order_ends: date | None = None
    lives_with_child: bool = True
    evidence: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def parental_responsibility(self) -> bool:
        """Whoever holds responsibility holds it by something; an order that has ended gives none."""
        return bool(self.responsibility_by) and not (
            self.order_ends is not None and self.order_ends <= timezone.localdate()
        )


def add_adult(*, by: Actor, child_id: UUID, adult: AdultDetails | UUID, standing: Standing) -> Tie:
    """Put an adult into a child's family, or return the tie there is.

    Args:
        by: who does it.
        child_id: the child.
        adult: a new adult's details, or the key of one who is on the record.
        standing: how they stand to the child.

    Raises:
        Refused: there is no such child or adult, or the record was merged into another.
        ValidationError: the dates or the evidence do not fit.
    """
    require(by, EDIT)
    _check(standing)
    child = existing_child(child_id)
    with change("adult added to a family", by=by):
        held = _adult(adult)
        there = Tie.objects.filter(child=child, adult=held).first()
        if there is not None:
            return there
        values = asdict(standing) | {"parental_responsibility": standing.parental_responsibility}
        return Tie.objects.create(child=child, adult=held, **values)


def change_standing(*, by: Actor, tie_id: UUID, standing: Standing, seen: str = "") -> Tie:
    """Say how an adult stands to a child from now on. An officer has seen the evidence: it is no longer a mere claim.

    Raises:
        Refused: there is no such tie.
        ChangedMeanwhile: somebody else changed it since the form was opened.
        ValidationError: the dates or the evidence do not fit.
    """
    require(by, EDIT)
    _check(standing)
    tie = _tie(tie_id)
    values = asdict(standing) | {
        "parental_responsibility": standing.parental_responsibility,
        "claimed": False,
    }
    with change("standing of an adult changed", by=by):
        save_over(tie, seen, values)
    return tie


def change_adult(*, by: Actor, adult_id: UUID, details: AdultDetails, seen: str = "") -> Adult:
    """Correct an adult's name or how to reach them."""
    require(by, EDIT)
    found = Adult.objects.filter(pk=adult_id).first()
    if found is None:
        raise Refused("No such adult.")
    with change("adult's details changed", by=by):
        save_over(found, seen, asdict(details))
    return found


def limit_contact(
    *,
    by: Actor,
    tie_id: UUID,
    kind: str,
    keeps_back: str,
    evidence: str,
    since: date | None = None,
    until: date | None = None,
) -> ContactLimit:
    """Record that an adult's contact is limited. It holds from the next request on, on every page of theirs.

    Raises:
        Refused: there is no such tie.
        ValidationError: no evidence is given, it would end before it begins, or it is none of the kinds.
    """
    require(by, RESTRICT)
    tie = _tie(tie_id)
    # A word that is none of these would be kept and keep nothing back.
    if kind not in ContactLimit.Kind.values or keeps_back not in ContactLimit.KeepsBack.values:
        raise ValidationError(
            _("Choose the limit and what it keeps back from the lists. Nothing was changed.")
        )
    if not evidence.strip():
        raise ValidationError(
            _("Say what shows it: the order and its date, or who decided. Nothing was changed.")
        )
    if since and until and until <= since:
        raise ValidationError(_("The limit would end before it begins. Nothing was changed."))
    values = {
        "kind": kind,
        "keeps_back": keeps_back,
        "evidence": evidence.strip(),
        "since": since,
        "until": until,
    }
    same = ContactLimit.objects.filter(tie=tie, **values).first()
    if same is not None:
        return same
    with change("contact limited", by=by, reason=evidence):
        if keeps_back != ContactLimit.KeepsBack.NOTHING and tie.adult.user_id is not None:
            # What was decided before the order was decided without it.
            reason = _("Contact was limited")
            end_grants(by=by, child_id=tie.child_id, user_id=tie.adult.user_id, reason=reason)
        return ContactLimit.objects.create(tie=tie, child_id=tie.child_id, **values)


def end_limit(*, by: Actor, limit_id: UUID, on: date, reason: str) -> ContactLimit:
    """Say that a limit no longer holds from a day on. It stays on the record.

    Raises:
        Refused: there is no such limit.
        ValidationError: no reason is given, or it would end before it began.
    """
    require(by, RESTRICT)
    limit = ContactLimit.objects.select_related("tie").filter(pk=limit_id).first()
    if limit is None:
        raise Refused("No such limit.")
    if not reason.strip():
        raise ValidationError(_("Say why it ends: the reason is kept. Nothing was changed."))
    if limit.since is not None and on < limit.since:
        raise ValidationError(_("That is before it began. Nothing was changed."))
    with change("limit on contact ended", by=by, reason=reason):
        save_over(limit, "", {"until": on})
    return limit


def _check(standing: Standing) -> None:
    if standing.kind not in Tie.Kind.values or standing.responsibility_by not in Tie.Responsibility.values:
        raise ValidationError(_("Choose how they stand to the child from the list. Nothing was changed."))
    if standing.responsibility_by in BY_A_COURT and standing.ordered_on is None:
        raise ValidationError(_("Give the date of the order. Nothing was changed."))
    if standing.ordered_on and standing.order_ends and standing.order_ends <= standing.ordered_on:
        raise ValidationError(_("The order would end before it was made. Nothing was changed."))
    if standing.since and standing.until and standing.until < standing.since:
        raise ValidationError(_("It would end before it begins. Nothing was changed."))


BY_A_COURT = frozenset(
    {
        Tie.Responsibility.COURT_ORDER,
        Tie.Responsibility.CHILD_ARRANGEMENTS,
        Tie.Responsibility.GUARDIANSHIP,
        Tie.Responsibility.CARE_ORDER,
    }
)


def _tie(tie_id: UUID) -> Tie:
    found: Tie | None = Tie.objects.select_related("adult", "child").filter(pk=tie_id).first()
    if found is None:
        raise Refused("No such tie.")
    return found


def _adult(adult: AdultDetails | UUID) -> Adult:
    if isinstance(adult, AdultDetails):
        made: Adult = Adult.objects.create(**asdict(adult))
        return made
    found: Adult | None = Adult.objects.filter(pk=adult).first()
    if found is None:
        raise Refused("No such adult.")
    return found
