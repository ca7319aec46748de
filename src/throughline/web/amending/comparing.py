"""Two records side by side: what differs first, then what agrees, and why they may be of one child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.people.merging import Pair, different_children
from throughline.core.people.merging.board import compare_records, decided_different
from throughline.core.people.record import address_in_force, education, family, names
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.components.wording import is_withheld, long_date, shown
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .forms import Reason
from .wording import BANDS, reason_words


@amends()
def compare(request: HttpRequest, record: Record, other_id: UUID) -> HttpResponse:
    """Both records as this officer may see them."""
    sight, pair = both(record, other_id)
    said = [_lines(sight, key) for key in (record.child_id, other_id)]
    rows = [(label, one, other) for (label, one), (_label, other) in zip(*said, strict=True)]
    differing = [row for row in rows if str(row[1]) != str(row[2])]
    words, colour = BANDS[pair.band]
    decided = decided_different(record.child_id, other_id)
    context = {
        "pair": pair,
        "band": Status(str(words), colour),
        "columns": [
            Column(_("What"), sort=False),
            *(Column(_name(each), sort=False) for each in _heads(pair)),
        ],
        "differing": [[label, Cell(one), Cell(other)] for label, one, other in differing],
        "agreeing": [[label, Cell(one), Cell(other)] for label, one, other in rows if str(one) == str(other)],
        "why_columns": [Column(_("Reason"), sort=False), Column(_("Points"), numeric=True, sort=False)],
        "why": [[reason_words(each.code), f"{each.points:+d}"] for each in pair.reasons],
        "decided": decided,
        "child_id": record.child_id,
        "other_id": other_id,
        "back": Link("", reverse("amending.look_alikes_of", args=[record.child_id])),
    }
    sight.record_look("two records compared")
    return render(request, "amending/compare.html", context)


@amends()
def different(request: HttpRequest, record: Record, other_id: UUID) -> HttpResponse:
    """Two children: said once, with how it is known, and not asked again."""
    sight, pair = both(record, other_id)
    sight.record_look("two records compared")
    form = Reason(_("How do you know that they are two children?"), "", *sent(request))
    asked = Asked(
        title=_("These are two different children"),
        lead=_(
            "%(one)s and %(other)s. You and your colleagues will not be asked about these two records again."
        )
        % {"one": _name(_heads(pair)[0]), "other": _name(_heads(pair)[1])},
        button=_("They are two children"),
        done=_("It is kept that they are two children."),
        back=reverse("amending.look_alikes_of", args=[record.child_id]),
    )

    def act() -> None:
        reason = form.cleaned_data["reason"]
        different_children(by=record.viewer, child_id=record.child_id, other_id=other_id, reason=reason)

    return ask(request, record, form, act, asked)


def both(record: Record, other_id: UUID) -> tuple[Sight, Pair]:
    """A sight that covers both records, and the two compared.

    Raises:
        Refused: one of them is not for this viewer.
    """
    sight = Sight(record.viewer, [record.child_id, other_id])
    return sight, compare_records(sight, record.child_id, other_id)


def _heads(pair: Pair) -> list[tuple[Any, Any]]:
    return list(zip(pair.names, pair.references, strict=True))


def _name(head: tuple[Any, Any]) -> str:
    return f"{head[0]} ({head[1]})"


def _lines(sight: Sight, child_id: UUID) -> list[tuple[str, Any]]:
    """One record's lines, in the order in which people tell children apart."""
    found = names(sight, child_id)
    home = address_in_force(sight, child_id)
    where = home.words if home and not home.restricted else home and _("Kept from others")
    schools, adults = education(sight, child_id), family(sight, child_id)
    return [
        (_("Forename"), found.forename),
        (_("Middle names"), found.middle_names),
        (_("Surname"), found.surname),
        (_("Name they use"), found.chosen_name),
        (_("Date of birth"), shown(found.born)),
        (_("Sex"), found.sex),
        (_("Unique pupil number"), found.upn),
        (_("Other numbers"), _some(found.numbers_withheld, [f"{n.label} {n.value}" for n in found.numbers])),
        (_("Names before"), _some(found.before_withheld, [each.name for each in found.before])),
        (_("Home"), where or ""),
        (_("Schools"), _some(schools.withheld, [_school(each) for each in schools.attended])),
        (_("Adults"), _some(adults.withheld, [f"{a.name} ({a.kind})" for a in adults.adults])),
        (_("First language"), found.first_language),
    ]


def _some(withheld: Any, said: list[str]) -> Any:
    return withheld if is_withheld(withheld) else ", ".join(said)


def _school(each: Any) -> str:
    return f"{each.school}, {long_date(each.since)}" if not is_withheld(each.since) else str(each.school)
