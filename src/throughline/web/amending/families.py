"""The family: adults, how they stand, and limits on contact."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.core.access.viewer import Refused
from throughline.core.people.amendable import AdultFound, adults_named, choices, limits_now, tie_now
from throughline.core.people.families import (
    AdultDetails,
    Standing,
    add_adult,
    change_standing,
    limit_contact,
)
from throughline.core.people.families import (
    end_limit as end_it,
)
from throughline.web.components.forms import HintedRadios
from throughline.web.components.parts import Row
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .fields import MIDDLE, Amending, day, line, one_of, why

FAMILY, CONTACT, ORDERS = "people.family", "people.contact", "people.orders"
NEW = "new"


class FindAdult(forms.Form):
    q = forms.CharField(
        label=lazy("Is the adult on the record already?"),
        help_text=lazy("Part of a name, at least 2 letters. Look first, so that nobody is entered twice."),
        required=False,
        max_length=100,
    )


class StandingForm(Amending):
    kind = one_of(lazy("What are they to the child?"), choices("tie"))
    responsibility_by = one_of(
        lazy("Do they have parental responsibility, and by what?"),
        choices("responsibility"),
        required=False,
    )
    ordered_on = day(lazy("Date of the order"), lazy("Only where a court made one"), required=False)
    order_ends = day(lazy("The order ends on"), lazy("If it does"), required=False)
    lives_with_child = forms.BooleanField(label=lazy("They live with the child"), required=False)
    evidence = line(lazy("What shows it?"), lazy("For example, birth certificate seen"))
    since = day(lazy("Since"), lazy("If it is known"), required=False)
    until = day(lazy("Until"), lazy("Only if it has ended"), required=False)

    def standing(self) -> Standing:
        return Standing(**{each.name: self.cleaned_data[each.name] for each in fields(Standing)})


class AdultForm(StandingForm):
    who = forms.ChoiceField(label=lazy("Who is it?"), widget=HintedRadios())
    title = line(lazy("Title"), most=20)
    forename = line(
        lazy("Forename"), lazy("For somebody who is not on the record yet"), most=100, width=MIDDLE
    )
    surname = line(lazy("Surname"), most=100, width=MIDDLE)
    email = forms.EmailField(label=lazy("Email address"), required=False)
    phone = line(lazy("Telephone number"), most=30, width=MIDDLE)
    field_order = ("seen", "who", "title", "forename", "surname", "email", "phone", "kind")

    def __init__(self, found: list[AdultFound], *sent: Any) -> None:
        super().__init__(*sent, initial={} if found else {"who": NEW})
        field: Any = self.fields["who"]
        field.choices = [(str(each.id), each.name) for each in found] + [
            (NEW, _("Somebody who is not on the record"))
        ]
        field.widget.hints = {
            str(each.id): _("With %(children)s") % {"children": each.children} for each in found
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("who") == NEW:
            for name in ("forename", "surname"):
                if not given.get(name, "").strip():
                    self.add_error(name, _("Enter their name"))
        return given

    def adult(self) -> AdultDetails | UUID:
        given = self.cleaned_data
        if given["who"] != NEW:
            return UUID(given["who"])
        return AdultDetails(**{each.name: given[each.name].strip() for each in fields(AdultDetails)})


class LimitForm(Amending):
    kind = one_of(lazy("What limits contact?"), choices("limit"))
    keeps_back = one_of(lazy("What are they not told?"), choices("keeps_back"))
    since = day(lazy("From"), lazy("Leave it empty if it holds already"), required=False)
    until = day(
        lazy("Until"), lazy("The first day on which it no longer holds, if there is one"), required=False
    )
    evidence = line(lazy("What shows it?"), lazy("The order and its date, or who decided"), required=True)


class EndLimitForm(Amending):
    on = day(lazy("From which day does it no longer hold?"))
    reason = why(lazy("Why does it end?"))


@amends(FAMILY, CONTACT)
def adult(request: HttpRequest, record: Record) -> HttpResponse:
    """Somebody on the record is looked for first; then how they stand to the child."""
    sought = request.GET.get("q", "").strip()[:100]
    found = adults_named(record.viewer, sought)
    form = AdultForm(found, *sent(request))

    def act() -> None:
        add_adult(by=record.viewer, child_id=record.child_id, adult=form.adult(), standing=form.standing())

    asked = Asked(_("Add an adult"), _("Add them"), _("They are on the child’s record."), _back(record))
    more = {"find": FindAdult({"q": sought}), "sought": sought, "found": found}
    return ask(request, record, form, act, asked, "amending/adult.html", **more)


@amends(FAMILY, CONTACT)
def standing(request: HttpRequest, record: Record, tie_id: UUID) -> HttpResponse:
    """How an adult stands from now on. Saving it says that an officer has seen the evidence."""
    now = tie_now(record.sight, record.child_id, tie_id)
    form = StandingForm(*sent(request), initial=vars(now.standing) | {"seen": now.mark})

    def act() -> None:
        change_standing(
            by=record.viewer, tie_id=tie_id, standing=form.standing(), seen=form.cleaned_data["seen"]
        )

    def said() -> tuple[list[Row], str]:
        there = tie_now(record.sight, record.child_id, tie_id)
        words = {**dict(choices("tie")), **dict(choices("responsibility"))}
        rows = [
            Row(str(form.fields[each.name].label), _said(words, getattr(there.standing, each.name)))
            for each in fields(Standing)
        ]
        return rows, there.mark

    title = _("How %(adult)s stands to the child") % {"adult": now.name}
    return ask(request, record, form, act, Asked(title, _("Save"), _("Saved."), _back(record), now=said))


@amends(FAMILY, CONTACT, ORDERS)
def limit(request: HttpRequest, record: Record, tie_id: UUID) -> HttpResponse:
    """It holds from their very next page."""
    now = tie_now(record.sight, record.child_id, tie_id)
    form = LimitForm(*sent(request))

    def act() -> None:
        given = {
            name: form.cleaned_data[name] for name in ("kind", "keeps_back", "since", "until", "evidence")
        }
        limit_contact(by=record.viewer, tie_id=tie_id, **given)

    asked = Asked(
        _("Limit the contact of %(adult)s") % {"adult": now.name},
        _("Limit contact"),
        _("The limit holds from now on."),
        _back(record),
        warning=_(
            "It holds on every page from the moment you save it. Give the order or the decision exactly."
        ),
    )
    return ask(request, record, form, act, asked)


@amends(FAMILY, CONTACT, ORDERS)
def end_limit(request: HttpRequest, record: Record, limit_id: UUID) -> HttpResponse:
    """The limit stays on the record with its end."""
    found = {row.id: (who, row) for who, row in limits_now(record.sight, record.child_id)}
    if limit_id not in found:
        raise Refused("No such limit of this child.")
    who, row = found[limit_id]
    form = EndLimitForm(*sent(request), initial={"on": row.until or localdate()})

    def act() -> None:
        end_it(
            by=record.viewer,
            limit_id=limit_id,
            **{name: form.cleaned_data[name] for name in ("on", "reason")},
        )

    asked = Asked(
        _("End a limit on contact"),
        _("End the limit"),
        _("It is kept when the limit ends."),
        _back(record),
        lead=_("%(who)s: %(what)s") % {"who": who, "what": row.what},
        warning=_("From that day on they are told what anybody in their place is told."),
    )
    return ask(request, record, form, act, asked)


def _said(words: dict[Any, Any], value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return words.get(value, value) if isinstance(value, str) else value


def _back(record: Record) -> str:
    return reverse("record.family", args=[record.child_id])
