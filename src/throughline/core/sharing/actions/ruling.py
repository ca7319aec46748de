"""The authority's own rules of who sees what: set from a day on, ended, or taken back before they begin."""

from __future__ import annotations

from datetime import date
from typing import get_args
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Viewer
from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ...registry.assembly import installed, readers_of
from ...registry.sockets import Detail
from ..models import Rule
from ..queries.rules import times_set

MANAGE = "sharing.manage"
# Parents of whom something is kept by order, and what may be told them all the same; and parents wherever they live.
LIMITED, ELSEWHERE = "limited_parent", "responsible_parent"
KEPT_HOME = "people.restricted_address"
LIMITED_MAY_SEE = frozenset({"people.identity", "people.communication"})
Expected = int | None
"""How many rules of this reader and category there were when the officer decided; none not to ask."""


def set_rule(
    *,
    by: Actor,
    category: str,
    reader: str,
    detail: str,
    since: date,
    purpose: str,
    basis: str = "",
    expected: Expected = None,
) -> Rule:
    """From a day on, a reader sees this much of a category. What held before ends the day before and is kept.

    A rule that is already set for a later day still takes over on that day.

    Raises:
        ValidationError: there is no such category, reader or detail, no purpose is given, the day is past, it would show
            what no rule may show or the officer's own role more, or somebody set a rule for the same reader and
            category after ``expected`` was counted.
    """
    require(by, MANAGE)
    _check(category, reader, detail, purpose, since)
    if detail != "none":
        _check_never(by, category, reader)
    try:
        with transaction.atomic(), change("sharing rule set", by=by, reason=purpose):
            edition = times_set(category, reader) + 1
            if expected is not None and edition != expected + 1:
                raise ValidationError(_overtaken())
            return Rule.objects.create(
                category=category,
                reader=reader,
                edition=edition,
                detail=detail,
                since=since,
                purpose=purpose.strip(),
                basis=basis.strip(),
                set_by=by.actor_label[:200],
            )
    except IntegrityError as clash:
        # Somebody set one between the count and the save.
        raise ValidationError(_overtaken()) from clash


def end_rule(*, by: Actor, rule_id: UUID, until: date, reason: str) -> Rule:
    """Let a rule end on a day. From the next day the reader sees nothing of the category until another rule begins.

    Raises:
        Refused: there is no such rule.
        ValidationError: no reason is given, the day is past or before it begins, or it has ended already.
    """
    require(by, MANAGE)
    rule = _known(rule_id)
    if until < timezone.localdate() or until < rule.since:
        raise ValidationError(
            _("A rule can end today or later, and not before it begins. Nothing was changed.")
        )
    return _close(by, rule, reason, until=until)


def withdraw_rule(*, by: Actor, rule_id: UUID, reason: str) -> Rule:
    """Take back a rule that has not begun: it never holds, and what holds now goes on.

    Raises:
        Refused: there is no such rule.
        ValidationError: no reason is given, it has begun, or it was taken back already.
    """
    require(by, MANAGE)
    rule = _known(rule_id)
    if rule.since <= timezone.localdate():
        raise ValidationError(_("This rule has begun. End it instead. Nothing was changed."))
    return _close(by, rule, reason, withdrawn=True)


def _close(by: Actor, rule: Rule, reason: str, **how: date | bool) -> Rule:
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept with the rule. Nothing was changed."))
    with change("sharing rule ended", by=by, reason=reason):
        open_still = Rule.objects.filter(pk=rule.pk, until__isnull=True, withdrawn=False)
        if not open_still.update(**how, ended_by=by.actor_label[:200], ended_because=reason.strip()):
            raise ValidationError(_("Somebody has already ended this rule. Nothing was changed."))
    rule.refresh_from_db()
    return rule


def _known(rule_id: UUID) -> Rule:
    rule = Rule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise Refused("There is no such rule.")
    return rule


def _check(category: str, reader: str, detail: str, purpose: str, since: date) -> None:
    registry = installed()
    if category not in registry.categories or reader not in readers_of(registry):
        raise ValidationError(_("Choose the kind of information and the reader from the lists."))
    if detail not in get_args(Detail):
        raise ValidationError(_("Choose how much is seen from the list."))
    if not purpose.strip():
        raise ValidationError(_("Say what the sharing is for. Nothing was changed."))
    if since < timezone.localdate():
        raise ValidationError(_("A rule begins today or later: what was seen before cannot be changed."))


def _check_never(by: Actor, category: str, reader: str) -> None:
    """What stands above every rule: seals, court orders, and that nobody decides what they see themselves."""
    registry = installed()
    if isinstance(by, Viewer) and reader in {f"role:{role}" for role in by.roles}:
        raise ValidationError(
            _("This is your own role. Ask a colleague who does not hold it to decide. Nothing was changed.")
        )
    sensitivity = registry.categories[category].sensitivity
    if reader == LIMITED and category not in LIMITED_MAY_SEE:
        raise ValidationError(
            _("A court’s order keeps this from them, and no rule can show it. Nothing was changed.")
        )
    elsewhere = reader in registry.relationships or _portal_of(reader) != "staff"
    if sensitivity == "sealed" and elsewhere:
        raise ValidationError(
            _("What is sealed is for named staff of the authority alone. Nothing was changed.")
        )
    if category == KEPT_HOME and reader == ELSEWHERE:
        raise ValidationError(
            _("This is kept from whoever may live elsewhere, and no rule can show it. Nothing was changed.")
        )


def _portal_of(reader: str) -> str:
    role = installed().roles.get(reader.removeprefix("role:"))
    return role.portal if role else ""


def _overtaken() -> str:
    return _(
        "Somebody else has changed this rule since you looked at its effect. Nothing was changed. "
        "Look at the effect again."
    )
