"""Making two records of one again: every row goes back to what it was, or nothing does and the words say what stands in the way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Refused, require
from ...audit.actor import Actor
from ...audit.change import change
from ...timeline.actions import tell
from ..models import Child, Merge
from ..search.index import refresh
from .actions import MERGE, told, write_rows
from .kept_safe import keep_safe_on_both
from .tables import Values, label_of, rows_of


class CannotBeUndone(ValidationError):
    """Something was changed since. The words name it, and nothing was changed."""


def unmerge_records(*, by: Actor, merge_id: UUID, reason: str) -> Merge:
    """Undo a merge. What was added to the kept record since then stays with it; what keeps somebody safe holds for both.

    Raises:
        Refused: there is no such merge.
        CannotBeUndone: rows that were moved have been moved on, or taken away, or changed since.
    """
    require(by, MERGE)
    merge: Merge | None = Merge.objects.select_related("kept", "gone").filter(pk=merge_id).first()
    if merge is None:
        raise Refused("No such merge.")
    if merge.undone_at is not None:
        return merge
    if not reason.strip():
        raise CannotBeUndone(_("Say why they are two children: the reason is kept. Nothing was changed."))
    try:
        with change("merge of two records undone", by=by, reason=reason):
            _take(merge, by, reason)
            in_the_way = stands_in_the_way(merge)
            if in_the_way:
                raise CannotBeUndone(in_the_way)
            _put_back(merge)
            keep_safe_on_both(merge, timezone.localdate())
            refresh([merge.kept_id, merge.gone_id])
            tell(by=by, lines=[told("people.unmerged", merge)])
    except IntegrityError as problem:
        raise CannotBeUndone(
            _("Rows have been added since that stand where the old ones stood. Nothing was changed.")
        ) from problem
    return merge


def stands_in_the_way(merge: Merge) -> list[str]:
    """Why a merge cannot be undone now, each as a sentence; none lets it be undone."""
    found: list[str] = []
    kept = Child.objects.get(pk=merge.kept_id)
    if kept.merged_into_id is not None:
        found.append(
            _("The record that was kept has itself been merged into another since. Undo that first.")
        )
    if not Child.objects.filter(pk=merge.gone_id, merged_into_id=merge.kept_id).exists():
        found.append(_("The record that was set aside no longer points to this one."))
    for label in sorted(_moved_on(merge)):
        found.append(
            _("%(rows)s: some of what was moved has been moved on, changed or taken away since.")
            % {"rows": label_of(label)}
        )
    for name, value in _filled(merge, "after").items():
        if getattr(kept, name) != value:
            field: Any = Child._meta.get_field(name)
            words = str(field.verbose_name)
            found.append(
                _("%(field)s: it has been changed since.") % {"field": words[:1].upper() + words[1:]}
            )
    return found


def _take(merge: Merge, by: Actor, reason: str) -> None:
    values = {
        "undone_by": by.actor_label[:200],
        "undone_at": timezone.now(),
        "undone_because": reason.strip()[:300],
    }
    if not Merge.objects.filter(pk=merge.pk, undone_at=None).update(**values):
        raise CannotBeUndone(_("Somebody else has just undone this. Nothing more was changed."))
    # Read again, now that nobody else can change it: late rows may have been gathered since.
    merge.refresh_from_db()


def _put_back(merge: Merge) -> None:
    write_rows({(line["table"], UUID(line["id"])): _read(line, "before") for line in merge.moved["rows"]})
    for line in merge.moved["made"]:
        rows_of(apps.get_model(line["table"])).filter(pk=line["id"]).delete()
    before = _filled(merge, "before")
    kept, gone = Child.objects.get(pk=merge.kept_id), Child.objects.get(pk=merge.gone_id)
    for name, value in before.items():
        setattr(kept, name, value)
    if before:
        kept.save(update_fields=list(before))
    freed = _of("people.Child", merge.moved["freed"])
    gone.merged_into = None
    for name, value in freed.items():
        setattr(gone, name, value)
    gone.save(update_fields=["merged_into", *freed])


def _moved_on(merge: Merge) -> set[str]:
    found: set[str] = set()
    of_table: dict[str, list[dict[str, Any]]] = {}
    for line in merge.moved["rows"]:
        of_table.setdefault(line["table"], []).append(line)
    for label, lines in of_table.items():
        rows: dict[Any, Any] = {}
        keys = [UUID(line["id"]) for line in lines]
        for at in range(0, len(keys), 500):
            rows |= rows_of(apps.get_model(label)).in_bulk(keys[at : at + 500])
        for line in lines:
            row = rows.get(UUID(line["id"]))
            if row is None or any(
                getattr(row, name) != value for name, value in _read(line, "after").items()
            ):
                found.add(label)
    return found


def _read(line: dict[str, Any], which: str) -> Values:
    return _of(line["table"], line[which])


def _filled(merge: Merge, which: str) -> Values:
    return _of("people.Child", merge.moved["filled"][which])


def _of(label: str, values: dict[str, Any]) -> Values:
    """Values as the table holds them, out of what was kept as text. A column that points to a row is of that row's kind."""
    model, found = apps.get_model(label), {}
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        found[name] = (field.target_field if field.is_relation else field).to_python(value)
    return found
