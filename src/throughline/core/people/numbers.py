"""The numbers by which registers know a child: checked by their check digits, never guessed, never shared by two children unseen."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.rules.identifiers import Problem, Upn, parse_nhs_number, parse_uln, parse_upn

from ..access.viewer import require
from ..alerts.actions import raise_alert
from ..audit.actor import Actor
from ..audit.change import change
from .existing import existing_child
from .models import Child, Identifier

EDIT = "people.edit"
SAME_NUMBER = "people.same_number"
CHECKED = {Identifier.Kind.ULN: parse_uln, Identifier.Kind.NHS: parse_nhs_number}


def problem_words(problem: Problem) -> str:
    """What is wrong with a number, in words for whoever typed it."""
    words = {
        "blank": _("Enter the number."),
        "wrong_shape": _("This does not have the shape of such a number. Check each character."),
        "wrong_check_character": _(
            "The check character does not fit the rest: a digit is wrong or two are swapped. "
            "With these digits it would be %(expected)s."
        ),
        "placeholder": _("This number stands for “not known yet”. Leave it out until the real one is known."),
    }
    return words.get(problem.code, _("This is not such a number.")) % {"expected": problem.expected}


def set_upn(*, by: Actor, child_id: UUID, upn: str, source: str, on: date | None = None) -> Child:
    """Give a child their unique pupil number. The one before is kept as a former one; a temporary one is never current.

    Raises:
        Refused: there is no such child.
        ValidationError: the check letter is wrong.
    """
    require(by, EDIT)
    parsed = parse_upn(upn)
    if isinstance(parsed, Problem):
        raise ValidationError(problem_words(parsed))
    child = existing_child(child_id)
    day = on or timezone.localdate()
    with change("unique pupil number set", by=by):
        if parsed.temporary:
            _keep(child, Identifier.Kind.TEMPORARY_UPN, parsed.value, source, since=day)
            return child
        if child.upn and child.upn != parsed.value:
            _keep(child, Identifier.Kind.FORMER_UPN, child.upn, source, until=day)
        if child.upn != parsed.value:
            child.upn = parsed.value
            child.save(update_fields=["upn"])
        _say_if_shared(by, child, parsed)
    return child


def record_number(
    *,
    by: Actor,
    child_id: UUID,
    kind: str,
    value: str,
    source: str,
    basis: str = "",
    since: date | None = None,
) -> Identifier:
    """Record a number, or return the one there is. An NHS number needs the lawful basis on which it is held.

    Raises:
        Refused: there is no such child.
        ValidationError: the number cannot be right, or its basis is missing.
    """
    require(by, EDIT)
    if kind not in Identifier.Kind.values:
        raise ValidationError(_("Choose the kind of number from the list. Nothing was changed."))
    text = " ".join(value.split()).upper()
    if check := CHECKED.get(Identifier.Kind(kind)):
        found = check(text)
        if isinstance(found, Problem):
            raise ValidationError(problem_words(found))
        text = found.value
    if kind in (Identifier.Kind.FORMER_UPN, Identifier.Kind.TEMPORARY_UPN):
        upn = parse_upn(text)
        if isinstance(upn, Problem):
            raise ValidationError(problem_words(upn))
        text = upn.value
    if not text:
        raise ValidationError(_("Enter the number."))
    if kind == Identifier.Kind.NHS and not basis.strip():
        raise ValidationError(_("Say on what legal basis the NHS number is held. Nothing was changed."))
    child = existing_child(child_id)
    with change("number recorded", by=by):
        return _keep(child, kind, text, source, basis=basis.strip(), since=since)


def _keep(child: Child, kind: str, value: str, source: str, **values: object) -> Identifier:
    row, _made = Identifier.objects.get_or_create(
        child=child, kind=kind, value=value, defaults={"source": source, **values}
    )
    kept: Identifier = row
    return kept


def _say_if_shared(by: Actor, child: Child, upn: Upn) -> None:
    """One number for two children is for somebody to look into: never a reason to merge them."""
    if Child.objects.filter(upn=upn.value, merged_into__isnull=True).exclude(pk=child.pk).exists():
        raise_alert(by=by, kind=SAME_NUMBER, child_id=child.pk, key=f"{SAME_NUMBER}:{child.pk}")
