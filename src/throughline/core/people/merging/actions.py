"""Making one record of two, and saying that two records are of two children. Only people do either."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Refused, require
from ...audit.actor import THROUGHLINE, Actor
from ...audit.change import change
from ...timeline.actions import Told, tell
from ...work.actions import ask
from ..existing import existing_child
from ..models import Child, FormerName, Identifier, Merge, PairDecision
from ..search.index import refresh
from .planning import Plan, plan
from .tables import Values, rows_of

MERGE = "people.merge"
GATHER = "people.gather_left_behind"
SOON = timedelta(seconds=30)


class MergeRefused(ValidationError):
    """The two cannot be merged as they stand; the words say why. Nothing was changed."""


def merge_records(*, by: Actor, kept_id: UUID, gone_id: UUID, reason: str) -> Merge:
    """Make one record of two. Everything about ``gone`` is then about ``kept``; its own row stays and points there.

    Args:
        by: who does it.
        kept_id: the record whose names, birth and numbers stay in force.
        gone_id: the record that is set aside.
        reason: what shows that they are one child.

    Raises:
        Refused: one of the two is not there, or is sealed away.
        MergeRefused: a module objects, no reason is given, or somebody else merged one of them meanwhile.
    """
    require(by, MERGE)
    again = Merge.objects.filter(kept_id=kept_id, gone_id=gone_id, undone_at=None).first()
    if again is not None:
        return again
    if not reason.strip():
        raise MergeRefused(
            _("Say what shows that they are one child: the reason is kept. Nothing was changed.")
        )
    try:
        with change("two records of one child merged", by=by, reason=reason):
            claim(kept_id, gone_id)
            made = plan(kept_id, gone_id)
            if made.objections:
                raise MergeRefused(made.objections)
            return _carry_out(by, made, reason.strip())
    except IntegrityError as problem:
        raise MergeRefused(
            _("Something about the two records changed at the same moment. Nothing was merged. Look again.")
        ) from problem


def different_children(*, by: Actor, child_id: UUID, other_id: UUID, reason: str) -> PairDecision:
    """Say that two records are of two children, so that nobody is asked again.

    Raises:
        Refused: there is no such record.
        ValidationError: no reason is given, or it is one record.
    """
    require(by, MERGE)
    if not reason.strip():
        raise ValidationError(_("Say how you know: the reason is kept. Nothing was changed."))
    one, other = sorted((existing_child(child_id).pk, existing_child(other_id).pk))
    if one == other:
        raise Refused("No such pair.")
    with change("said to be two children", by=by, reason=reason):
        row, _made = PairDecision.objects.get_or_create(
            child_id=one,
            other_id=other,
            kind=PairDecision.Kind.NOT_DUPLICATE,
            defaults={"reason": reason.strip()[:300], "decided_by": by.actor_label[:200]},
        )
    kept: PairDecision = row
    return kept


def claim(*children: UUID) -> None:
    """Let nobody else merge these records until this change closes: of two officers, the second is told.

    An update that changes nothing, in the order of the keys: on either database the second writer waits for the first,
    and then finds that the row no longer meets the condition. It says nothing, so it leaves no line.
    """
    for key in sorted(children):
        unsaid: models.QuerySet[Child] = models.QuerySet(Child)
        if not unsaid.filter(pk=key, merged_into__isnull=True).update(merged_into=None):
            if Child.objects.filter(pk=key).exists():
                raise MergeRefused(
                    _(
                        "Somebody else has just merged one of these records. Nothing more was changed. Look again."
                    )
                )
            raise Refused("No such child.")


def _carry_out(by: Actor, made: Plan, reason: str) -> Merge:
    kept, gone = made.kept, made.gone
    write_rows({place: after for place, (_before, after) in made.moves.items()})
    former = _keep_names_and_number(made)
    gone.merged_into = kept
    freed = {"user_id": gone.user_id} if "user_id" in made.filled else {}
    if freed:
        gone.user_id = None
    gone.save(update_fields=["merged_into", *freed])
    before = {name: getattr(kept, name) for name in made.filled}
    for name, value in made.filled.items():
        setattr(kept, name, value)
    if made.filled:
        kept.save(update_fields=list(made.filled))
    merge: Merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        reason=reason[:300],
        moved={
            "rows": lines_of(made),
            "stays": stays_of(made),
            "filled": {"before": _plain(before), "after": _plain(made.filled)},
            "freed": _plain(freed),
            "made": [{"table": row._meta.label, "id": str(row.pk)} for row in former],
        },
        merged_by=by.actor_label[:200],
    )
    refresh([kept.pk, gone.pk])
    tell(by=by, lines=[told("people.merged", merge)])
    # Somebody may be writing to the record that is set aside this very moment, unseen by us as we are by them.
    ask(by=THROUGHLINE, job=GATHER, arguments={}, key=GATHER, not_before=timezone.now() + SOON)
    return merge


def told(kind: str, merge: Merge) -> Told:
    """The line of a merge or of its undoing, on the record that is kept."""
    return Told(
        child_id=merge.kept_id,
        kind=kind,
        on=timezone.localdate(),
        about=merge._meta.label,
        about_id=merge.pk,
        key=f"{kind}:{merge.pk}",
    )


def lines_of(made: Plan) -> list[dict[str, Any]]:
    """The rows that a plan moves, as a merge keeps them."""
    return [
        {"table": label, "id": str(pk), "before": _plain(was), "after": _plain(now)}
        for (label, pk), (was, now) in sorted(made.moves.items(), key=lambda item: str(item[0]))
    ]


def stays_of(made: Plan) -> list[list[str]]:
    """The rows that stay, each with its twin on the kept record where it has one: what comes later is told by it."""
    return sorted([label, str(pk), str(twin or "")] for (label, pk), twin in made.stays.items())


def _keep_names_and_number(made: Plan) -> list[Any]:
    """What only the record set aside was called stays findable; its pupil number becomes a former one."""
    kept, gone = made.kept, made.gone
    rows: list[Any] = []
    forenames = {gone.forename, gone.chosen_name} - {""}
    chosen = made.filled.get("chosen_name", kept.chosen_name)
    known = {(kept.forename, kept.surname), (chosen, kept.surname)}
    for forename in sorted(forenames):
        if (forename, gone.surname) in known:
            continue
        values = {
            "child": kept,
            "forename": forename,
            "surname": gone.surname,
            "kind": FormerName.Kind.KNOWN_AS,
        }
        row, new = FormerName.objects.get_or_create(**values)
        rows += [row] if new else []
    if gone.upn and kept.upn and gone.upn != kept.upn:
        row, new = Identifier.objects.get_or_create(
            child=kept,
            kind=Identifier.Kind.FORMER_UPN,
            value=gone.upn,
            defaults={"source": _("The record that was merged"), "until": timezone.localdate()},
        )
        rows += [row] if new else []
    return rows


def write_rows(wanted: dict[tuple[str, UUID], Values]) -> None:
    """Write new values into many rows of many tables: one statement for all rows of a table that get the same."""
    alike: dict[tuple[str, tuple[tuple[str, Any], ...]], list[UUID]] = defaultdict(list)
    for (label, key), values in wanted.items():
        alike[label, tuple(sorted(values.items()))].append(key)
    with transaction.atomic():
        for (label, said), keys in alike.items():
            for at in range(0, len(keys), 500):
                rows_of(apps.get_model(label)).filter(pk__in=keys[at : at + 500]).update(**dict(said))


def _plain(values: Values) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in values.items()}
