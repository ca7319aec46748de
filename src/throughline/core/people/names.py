"""Who a child is: names now and before, how they are said, the languages they are at home in; and a sealed earlier identity."""

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
from .editing import save_over
from .existing import SEALED_OPENED, existing_child
from .models import Child, FormerName, SealedIdentity
from .search.index import refresh

EDIT, RESTRICT = "people.edit", "people.restrict"
OLDEST = 26


@dataclass(frozen=True)
class WhoTheyAre:
    """What is kept about who a child is, as a form asks it."""

    forename: str
    surname: str
    born: date
    middle_names: str = ""
    chosen_name: str = ""
    pronunciation: str = ""
    sex: str = Child.Sex.NOT_KNOWN
    first_language: str = ""
    other_languages: str = ""
    communication_needs: str = ""


def change_who(*, by: Actor, child_id: UUID, who: WhoTheyAre, reason: str = "", seen: str = "") -> Child:
    """Correct or change who a child is. Where the legal name changes, the one before is kept as a former name.

    Raises:
        Refused: there is no such child.
        ChangedMeanwhile: somebody else changed it since the form was opened.
        ValidationError: a name is empty, or the date of birth cannot be.
    """
    require(by, EDIT)
    child = existing_child(child_id)
    wanted = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(who).items()}
    _check(wanted)
    before = (child.forename, child.surname)
    with change("child's names and details changed", by=by, reason=reason):
        if not save_over(child, seen, wanted):
            return child
        if before != (child.forename, child.surname):
            FormerName.objects.get_or_create(
                child=child,
                forename=before[0],
                surname=before[1],
                kind=FormerName.Kind.FORMER,
                defaults={"until": timezone.localdate()},
            )
        refresh([child.pk])
    return child


def add_name(
    *, by: Actor, child_id: UUID, forename: str, surname: str, kind: str, until: date | None = None
) -> FormerName:
    """Record a name the child bore before or bears beside the present one, or return the one there is."""
    require(by, EDIT)
    if kind not in FormerName.Kind.values:
        raise ValidationError(_("Choose the kind of name from the list. Nothing was changed."))
    if not surname.strip() and not forename.strip():
        raise ValidationError(_("Enter a name. Nothing was changed."))
    child = existing_child(child_id)
    with change("former name recorded", by=by):
        row, _made = FormerName.objects.get_or_create(
            child=child,
            forename=forename.strip(),
            surname=surname.strip(),
            kind=kind,
            defaults={"until": until},
        )
        refresh([child.pk])
    kept: FormerName = row
    return kept


def seal_earlier_identity(*, by: Actor, child_id: UUID, earlier_id: UUID, reason: str) -> SealedIdentity:
    """Say that an adopted child's earlier record is this one, and keep that from everybody but named officers.

    The two share nothing: no number, no name, no adult. What the new record needs of the old is written anew.

    Raises:
        Refused: there is no such record.
        ValidationError: no reason is given, or a number or an adult would link the two.
    """
    require(by, RESTRICT)
    child, earlier = existing_child(child_id), existing_child(earlier_id)
    if not reason.strip():
        raise ValidationError(_("Say what shows the adoption. Nothing was changed."))
    if child == earlier or (child.upn and child.upn == earlier.upn):
        raise ValidationError(
            _("The new record must not bear the same number as the earlier one. Nothing was changed.")
        )
    if set(child.ties.values_list("adult", flat=True)) & set(earlier.ties.values_list("adult", flat=True)):
        raise ValidationError(
            _("An adult is tied to both records, which would link them. Take one tie away first.")
        )
    there = SealedIdentity.objects.filter(child=child).first()
    if there is not None and there.earlier_id == earlier.pk:
        return there
    if there is not None or SealedIdentity.objects.filter(earlier=earlier).exists():
        raise ValidationError(_("One of the records is sealed already. Nothing was changed."))
    with change("earlier identity sealed", by=by, reason=reason):
        sealed = SealedIdentity.objects.create(
            child=child,
            earlier=earlier,
            reason=reason.strip(),
            sealed_by=by.actor_label[:200],
            sealed_on=timezone.localdate(),
        )
        # From this moment no search and no comparison of records meets the earlier one.
        refresh([child.pk, earlier.pk])
    made: SealedIdentity = sealed
    return made


def earlier_identity(*, by: Actor, child_id: UUID, reason: str) -> Child:
    """Open the sealed earlier record of an adopted child. Who opened it, and why, stays in the trail.

    Raises:
        Refused: there is none, or it is not for this person: the answers do not differ.
        ValidationError: no reason is given.
    """
    require(by, "people.open_sealed")
    sealed = SealedIdentity.objects.select_related("earlier").filter(child_id=child_id).first()
    if sealed is None:
        raise Refused("No earlier record.")
    if not reason.strip():
        raise ValidationError(_("Say why you need to open it: the reason is kept."))
    with change(SEALED_OPENED, by=by, reason=reason) as opened:
        opened.record(sealed, ("earlier_id",), None, None)
    found: Child = sealed.earlier
    return found


def is_sealed_away(child_id: UUID) -> bool:
    """Whether this is the earlier record of an adopted child, which nobody finds or opens by itself."""
    return SealedIdentity.objects.filter(earlier_id=child_id).exists()


def _check(wanted: dict[str, object]) -> None:
    if not wanted["forename"] or not wanted["surname"]:
        raise ValidationError(_("Enter a first name and a surname. Nothing was changed."))
    born, today = wanted["born"], timezone.localdate()
    assert isinstance(born, date)
    if born > today or born.year < today.year - OLDEST:
        raise ValidationError(
            _("The date of birth must make them between 0 and 25 years old. Nothing was changed.")
        )
