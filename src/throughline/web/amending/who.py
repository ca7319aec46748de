"""Who the child is: names, birth, languages; names used before; numbers."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.core.people.amendable import choices, upn_of, who_they_are
from throughline.core.people.names import WhoTheyAre, add_name, change_who
from throughline.core.people.numbers import record_number, set_upn
from throughline.web.components.parts import Row
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .fields import MIDDLE, Amending, day, line, one_of

NUMBERS, FORMER, TALKING = "people.identifiers", "people.former_names", "people.communication"


class WhoForm(Amending):
    forename = line(lazy("Forename"), most=100, required=True, width=MIDDLE)
    middle_names = line(lazy("Middle names"), most=150, width=MIDDLE)
    surname = line(lazy("Surname"), most=100, required=True, width=MIDDLE)
    chosen_name = line(
        lazy("Name they use"), lazy("If it is another than the forename"), most=100, width=MIDDLE
    )
    pronunciation = line(lazy("How to say it"), lazy("For example, SHARN for Siân"), most=120, width=MIDDLE)
    born = day(lazy("Date of birth"))
    sex = one_of(lazy("Sex"), choices("sex"))
    first_language = line(lazy("First language"), most=60, width=MIDDLE)
    other_languages = line(lazy("Other languages"), most=200)
    communication_needs = line(
        lazy("How to talk together"), lazy("For example, British Sign Language, or a hearing loop"), most=300
    )
    reason = line(lazy("What shows it?"), lazy("For example, birth certificate seen. Kept with your name."))


class NameForm(Amending):
    forename = line(lazy("Forename"), most=100, width=MIDDLE)
    surname = line(lazy("Surname"), most=100, width=MIDDLE)
    kind = one_of(lazy("What kind of name is it?"), choices("name"))
    until = day(lazy("Used until"), lazy("If it is known"), required=False)


class UpnForm(Amending):
    upn = line(
        lazy("Unique pupil number"),
        lazy(
            "One letter, 12 digits or 11 digits and a letter. The first letter is checked against the rest."
        ),
        most=20,
        required=True,
        width=MIDDLE,
    )
    source = line(lazy("Who says so?"), lazy("For example, the school’s file"), most=120, required=True)


class NumberForm(Amending):
    kind = one_of(lazy("Which number is it?"), choices("number"))
    value = line(lazy("Number"), lazy("Spaces make no difference"), most=40, required=True, width=MIDDLE)
    source = line(lazy("Who says so?"), most=120, required=True)
    basis = line(
        lazy("Legal basis"), lazy("Needed for an NHS number: the law under which it is held"), most=120
    )
    since = day(lazy("Since"), lazy("If it is known"), required=False)


@amends(TALKING)
def who(request: HttpRequest, record: Record) -> HttpResponse:
    """Everything about who the child is, in one form; the legal name of before is kept by itself."""
    now, mark = who_they_are(record.sight, record.child_id)
    form = WhoForm(*sent(request), initial=vars(now) | {"seen": mark})

    def act() -> None:
        given = form.cleaned_data
        wanted = WhoTheyAre(**{each.name: given[each.name] for each in fields(WhoTheyAre)})
        change_who(
            by=record.viewer, child_id=record.child_id, who=wanted, reason=given["reason"], seen=given["seen"]
        )

    def said() -> tuple[list[Row], str]:
        there, edition = who_they_are(record.sight, record.child_id)
        names = {"sex": dict(choices("sex"))}
        rows = [
            Row(str(form.fields[each.name].label), _word(names, each.name, getattr(there, each.name)))
            for each in fields(WhoTheyAre)
        ]
        return rows, edition

    asked = Asked(_("Names, birth and languages"), _("Save"), _("Saved."), _back(record), now=said)
    return ask(request, record, form, act, asked)


@amends(FORMER)
def former_name(request: HttpRequest, record: Record) -> HttpResponse:
    """A search by this name finds the child from now on."""
    form = NameForm(*sent(request))

    def act() -> None:
        given = form.cleaned_data
        wanted = {name: given[name] for name in ("forename", "surname", "kind", "until")}
        add_name(by=record.viewer, child_id=record.child_id, **wanted)

    asked = Asked(
        _("Add a name used before"),
        _("Add this name"),
        _("The name is on the record, and a search by it finds the child."),
        _back(record),
        lead=_("Only those whose work needs it are shown names of before. A search finds the child by them."),
    )
    return ask(request, record, form, act, asked)


@amends(NUMBERS)
def upn(request: HttpRequest, record: Record) -> HttpResponse:
    """The number in force; the one before becomes a former one."""
    now = upn_of(record.sight, record.child_id)
    form = UpnForm(*sent(request))

    def act() -> None:
        given = form.cleaned_data
        set_upn(by=record.viewer, child_id=record.child_id, upn=given["upn"], source=given["source"])

    lead = (
        _("The number in force is %(number)s. It is kept as a former one.") % {"number": now} if now else ""
    )
    words = _("Set the unique pupil number")
    done = _("The unique pupil number is saved.")
    return ask(request, record, form, act, Asked(words, _("Save the number"), done, _back(record), lead))


@amends(NUMBERS)
def number(request: HttpRequest, record: Record) -> HttpResponse:
    """Another register's number, with its check digits checked."""
    form = NumberForm(*sent(request))

    def act() -> None:
        given: dict[str, Any] = {
            name: form.cleaned_data[name] for name in ("kind", "value", "source", "basis", "since")
        }
        record_number(by=record.viewer, child_id=record.child_id, **given)

    asked = Asked(
        _("Add another number"), _("Add this number"), _("The number is on the record."), _back(record)
    )
    return ask(request, record, form, act, asked)


def _back(record: Record) -> str:
    return reverse("record.names", args=[record.child_id])


def _word(names: dict[str, Any], name: str, value: Any) -> Any:
    return names.get(name, {}).get(value, value)
