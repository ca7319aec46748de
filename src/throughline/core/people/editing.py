"""Changing a row that somebody else may be changing too: whoever saves over an older edition is told, and nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from ..audit.tables import Guarded

AT_ONCE = 500
# Made once: the same for every row.
_encode = DjangoJSONEncoder(sort_keys=True).encode


class ChangedMeanwhile(RuntimeError):
    """Somebody else saved this row since the page was opened. Nothing of what was now sent has been saved."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else has changed this since you opened the page. Their change was kept and yours was not saved. "
                "Read what it says now, then make your change again if it is still needed."
            )
        )


def edition(row: Guarded) -> str:
    """A mark of everything a row says now: a form carries it, so that saving can tell whether it still says so."""
    return _mark({f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})


def editions(table: type[Guarded], keys: Sequence[UUID]) -> dict[UUID, str]:
    """The same marks of many stored rows, by key. Without building the rows; those that are gone have none."""
    columns = [f.attname for f in table._meta.concrete_fields]
    found: dict[UUID, str] = {}
    for at in range(0, len(keys), AT_ONCE):
        for key, *values in table.objects.filter(pk__in=keys[at : at + AT_ONCE]).values_list("pk", *columns):
            found[key] = _mark(dict(zip(columns, values, strict=True)))
    return found


def _mark(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(_encode(values).encode()).hexdigest()[:32]


def save_over(row: Guarded, seen: str, values: Mapping[str, Any]) -> list[str]:
    """Save new values over a row that still says what ``seen`` is the mark of. To be called inside ``change``.

    Args:
        row: as read now.
        seen: the mark of the row when the form was shown; empty when nobody was shown a form.
        values: the fields to save, by name.

    Returns:
        the names of the fields that changed; none when the row says it already, so that a repeat writes nothing.

    Raises:
        ChangedMeanwhile: it says something else by now, and not what was to be saved.
    """
    fields: Any = row._meta.get_field
    named = {fields(name).attname: value for name, value in _keys(values).items()}
    wanted = {name: value for name, value in named.items() if getattr(row, name) != value}
    if not wanted:
        return []
    if seen and seen != edition(row):
        raise ChangedMeanwhile
    before = {name: getattr(row, name) for name in wanted}
    # The condition is part of the statement: of two who save in one moment, one finds the row changed.
    if not type(row).objects.filter(pk=row.pk, **before).update(**wanted):
        raise ChangedMeanwhile
    for name, value in wanted.items():
        setattr(row, name, value)
    return sorted(wanted)


def _keys(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in values.items()}
