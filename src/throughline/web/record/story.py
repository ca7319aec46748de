"""A child's story: the line from birth to 25, and what happened, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.people.merging import records_of
from throughline.core.timeline.queries import Group, LineShown, Wanted, groups, marks
from throughline.core.timeline.queries import story as story_page
from throughline.rules.sharing.decide import Detail
from throughline.web.components.parts import Event, Filter

from .forms import StoryFilter
from .frame import Record, about_child
from .lifeline import lifeline


@about_child
def story(request: HttpRequest, record: Record) -> HttpResponse:
    """One page of the story. What is asked for stands in the address, so that it can be kept and sent."""
    sight, child_id = record.sight, record.child_id
    known, records = groups(sight, child_id), records_of(child_id)
    form = StoryFilter(request.GET or None, known)
    wanted = form.wanted() if request.GET else Wanted()
    asked = request.GET
    page = story_page(
        sight,
        child_id,
        wanted,
        before=asked.get("before", ""),
        after=asked.get("after", ""),
        records=records,
    )
    born = record.opened.born
    drawn = None
    if isinstance(born, date):
        drawn = lifeline(born, record.viewer.on, known, marks(sight, child_id, wanted, records=records))
    return record.page(
        request,
        "record/story.html",
        "record.story",
        _("Story"),
        form=form,
        line=drawn,
        lines=[_entry(line) for line in page.lines],
        earlier=_address(asked, before=page.earlier) if page.earlier else "",
        later=_address(asked, after=page.later) if page.later else "",
        not_shown=_not_shown(page.kinds_not_shown),
        selected=_selected(asked, wanted, known),
        clear=record.address("record.story"),
        filtered=bool(wanted),
    )


def events(lines: Iterable[LineShown]) -> list[Event]:
    """A few lines for the overview."""
    return [Event(line.words or _headline(line), line.on, source=line.source) for line in lines]


def _entry(line: LineShown) -> dict[str, Any]:
    return {
        "id": line.id,
        "on": line.on,
        "head": line.words or _headline(line),
        "full": line.told >= Detail.FULL,
        "label": line.label,
        "group": line.group,
        "source": line.source,
        "written_by": line.written_by,
        "written_at": line.written_at,
        "corrects": line.corrects,
        "corrected": line.corrected,
    }


def _headline(line: LineShown) -> str:
    """What is said of a line whose words are not for this reader."""
    return str(line.label) if line.told >= Detail.SUMMARY else _("Something is recorded here")


def _not_shown(kinds: int) -> str:
    if not kinds:
        return ""
    return ngettext(
        "%(number)d kind of entry is not shown to you, because your role does not include what it tells.",
        "%(number)d kinds of entry are not shown to you, because your role does not include what they tell.",
        kinds,
    ) % {"number": kinds}


def _address(asked: QueryDict, **mark: str) -> str:
    """The address of another page with the filters kept."""
    kept = asked.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    kept.update(mark)
    return "?" + kept.urlencode()


def _selected(asked: QueryDict, wanted: Wanted, known: Sequence[Group]) -> list[Filter]:
    """The filters in force, each with the address of the page without it."""
    labels = {group.key: str(group.label) for group in known}
    found = [
        Filter(labels[key], _without(asked, "group", key))
        for key in asked.getlist("group")
        if key in wanted.groups and key in labels
    ]
    if wanted.first:
        found.append(Filter(_("From %(year)d") % {"year": wanted.first}, _without(asked, "first")))
    if wanted.last:
        found.append(Filter(_("To %(year)d") % {"year": wanted.last}, _without(asked, "last")))
    return found


def _without(asked: QueryDict, name: str, value: str = "") -> str:
    kept = asked.copy()
    for mark in ("before", "after"):
        kept.pop(mark, None)
    if value:
        kept.setlist(name, [each for each in kept.getlist(name) if each != value])
    else:
        kept.pop(name, None)
    return "?" + kept.urlencode()
