"""Events and lines of the trail as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from throughline.core.audit.queries import Found, Seer, Sighting
from throughline.core.registry.assembly import installed
from throughline.core.sharing.trail import LineShown
from throughline.web.components.parts import Cell, Column, Filter, Row, Status
from throughline.web.components.wording import long_date

CHILD = "people.child"


def moment(at: datetime) -> str:
    """A moment to the second: investigators compare them."""
    here = localtime(at)
    return _("%(day)s, %(time)s") % {"day": long_date(here.date()), "time": f"{here:%H:%M:%S}"}


def done_words(kind: str) -> str:
    """What was done. The trail keeps the code of a page of the record, which nothing may change; people read its tab."""
    code = kind.removeprefix("record: ")
    label = next((str(tab.label) for tab in installed().tabs if tab.page == code), "")
    if code != kind and label:
        return _("A child’s record was opened: %(part)s") % {"part": label}
    return str(capfirst(kind))


def record_words(table: str) -> str:
    """What a row of a table is called; the code of one whose module is no longer here."""
    try:
        return str(capfirst(apps.get_model(table)._meta.verbose_name))
    except (LookupError, ValueError):
        return table


def event_columns() -> list[Column]:
    return [
        Column(_("What was done"), sort=False),
        Column(_("Who"), sort=False),
        Column(_("When"), sort=False),
        Column(_("Records"), numeric=True, sort=False),
        Column(_("Children"), numeric=True, sort=False),
        Column(_("Look or change"), sort=False),
    ]


def event_rows(found: Iterable[Found]) -> list[list[Any]]:
    return [
        [
            Cell(done_words(each.event.kind), href=reverse("trail.event", args=[each.event.pk])),
            each.event.actor_label,
            moment(each.event.at),
            each.lines,
            each.children,
            Cell(status=_status(each.event.looked)),
        ]
        for each in found
    ]


def summary_of(found: Found) -> list[Row]:
    """Who, when, from where; and why, unless the reason could tell about a child."""
    event = found.event
    about_child = found.children and not event.looked
    kept_back = _(
        "Not shown: what is given as a reason for a change to a child’s record can tell about the child."
    )
    rows = [
        Row(_("Who"), event.actor_label, note=f"{event.actor_id or ''}"),
        Row(_("When"), moment(event.at)),
        Row(_("Reason given"), kept_back if about_child and event.reason else event.reason or _("None")),
        Row(_("Session"), event.session or _("None")),
        Row(_("Network address"), event.address or _("None")),
        Row(_("Event"), str(event.pk)),
    ]
    rows.append(Row(_("Records"), found.lines))
    return rows


def line_columns() -> list[Column]:
    return [
        Column(_("Record"), sort=False),
        Column(_("Child"), sort=False),
        Column(_("What was shown, or which fields changed"), sort=False),
        Column(_("Before"), sort=False),
        Column(_("After"), sort=False),
    ]


def line_rows(lines: Sequence[LineShown]) -> list[list[Any]]:
    """A row for each field whose values were kept; one for each other line."""
    return [row for line in lines for row in _rows_of(line)]


def _rows_of(line: LineShown) -> Iterator[list[Any]]:
    history = f"{reverse('trail.search')}?{urlencode({'record': line.object_id})}"
    record = Cell(record_words(line.table), href=history, note=f"{line.table} {line.object_id}")
    child: Any = ""
    if line.child_id:
        child = Cell(str(line.child_id), href=f"{reverse('trail.search')}?child={line.child_id}")
    if line.certificate:
        gone = _("Disposed of under certificate %(reference)s") % {"reference": line.certificate}
        yield [record, child, ", ".join(line.names) or _("Added"), gone, gone]
    elif not line.fields:
        yield [record, child, _names(line.names) or _("Added"), "–", "–"]
    for field in line.fields:
        yield [record, child, field.name, _value(field.before), _value(field.after)]


def _names(names: Sequence[str]) -> str:
    """Categories in words where they are ones; fields as they are called."""
    categories = installed().categories
    return ", ".join(str(categories[name].label) if name in categories else name for name in names)


def _value(value: Any) -> Any:
    if value is None or value == "":
        return _("Nothing")
    return value if hasattr(value, "withheld_reason") else str(value)


def seer_columns() -> list[Column]:
    return [
        Column(_("Who")),
        Column(_("Looks"), numeric=True),
        Column(_("Changes"), numeric=True),
        Column(_("First"), sort=False),
        Column(_("Last"), sort=False),
    ]


def seer_rows(found: Iterable[Seer], query: QueryDict) -> list[list[Any]]:
    """Each person, leading to their own events with that child."""
    kept = query.copy()
    for name in ("since_time", "until_time"):
        kept.pop(name, None)
    rows = []
    for each in found:
        kept["who"] = each.label
        link = f"{reverse('trail.search')}?{kept.urlencode()}"
        rows.append(
            [Cell(each.label, href=link), each.looks, each.changes, moment(each.first), moment(each.last)]
        )
    return rows


def file_headings() -> list[str]:
    return [
        _("When"),
        _("Who"),
        _("Look or change"),
        _("What was done"),
        _("Record"),
        _("What was shown, or which fields changed"),
        _("Session"),
        _("Network address"),
    ]


def file_rows(found: Iterable[Sighting]) -> Iterator[list[str]]:
    for each in found:
        yield [
            f"{localtime(each.at):%Y-%m-%d %H:%M:%S}",
            each.actor_label,
            _status(each.looked).text,
            each.kind,
            each.table,
            _names(each.fields),
            each.session,
            each.address,
        ]


def filters_in_use(form: Any, query: QueryDict, here: str) -> list[Filter]:
    """Each filter in force, with the address of the page without it."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name) if form.is_valid() else None
        if value in (None, ""):
            continue
        left = query.copy()
        for sent in [
            sent for sent in query if sent == name or sent.startswith(f"{name}_") or sent == "behind"
        ]:
            left.pop(sent)
        words = long_date(value) if hasattr(value, "year") else dict(getattr(field, "choices", ())).get(value)
        found.append(
            Filter(str(words or query.get(name, "")), f"{here}?{left.urlencode()}", str(field.label))
        )
    return found


def _status(looked: bool) -> Status:
    return Status(_("Look"), "blue") if looked else Status(_("Change"), "grey")
