"""The family: who is who as a picture, and the same as a table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.people.record import AdultShown, FamilyShown, SiblingShown, siblings_of
from throughline.core.people.record import family as family_of
from throughline.core.people.record.family import LimitShown
from throughline.web.components.parts import Cell, Column
from throughline.web.components.wording import is_withheld, long_date, shown

from .family_drawing import Person, narrow, wide
from .frame import Record, about_child
from .ways import ways


@about_child(beside=siblings_of)
def family(request: HttpRequest, record: Record) -> HttpResponse:
    """Everybody the reader may know of; brothers and sisters by name only where they may know those children."""
    found = family_of(record.sight, record.child_id)
    return record.page(
        request,
        "record/family.html",
        "record.family",
        _("Family"),
        family=found,
        pictures=_pictures(record, found) if found.adults or found.siblings else [],
        adult_columns=[
            Column(label)
            for label in (
                _("Who"),
                _("Parental responsibility"),
                _("Lives"),
                _("How to reach them"),
                _("Limits"),
            )
        ],
        adults=[_adult(each) for each in found.adults if each.current],
        earlier=[_adult(each) for each in found.adults if not each.current],
        sibling_columns=[Column(label) for label in (_("Who"), _("Born"), _("How related"), _("Lives"))],
        siblings=[_sibling(each, linked=record.lent is None) for each in found.siblings],
        ways=ways(record, "family"),
    )


def _pictures(record: Record, found: FamilyShown) -> list[dict[str, Any]]:
    name = record.opened.name
    child = Person(
        _("This child") if is_withheld(name) else str(name), "", True, (), _("The child"), self=True
    )
    adults = [_drawn_adult(each) for each in found.adults if each.current]
    siblings = [_drawn_sibling(each) for each in found.siblings]
    home = _home(record)
    return [
        {"key": "wide", "drawing": wide(child, adults, siblings, home)},
        {"key": "narrow", "drawing": narrow(child, adults, siblings, home)},
    ]


def _home(record: Record) -> str:
    """The words above the line round those who live together. A restricted address is no part of them."""
    address = record.opened.address
    if address is None or is_withheld(address.words) or address.restricted:
        return _("At home: address kept from others") if address and address.restricted else _("At home")
    return _("At home: %(address)s") % {"address": str(address.words)[:44]}


def _drawn_adult(adult: AdultShown) -> Person:
    marks = [_("Limit on contact")] if adult.limited else []
    tie = _("%(kind)s, responsible") if adult.responsible else _("%(kind)s")
    note = _("Works at %(school)s") % {"school": adult.works_at[0]} if adult.works_at else ""
    named = not is_withheld(adult.name)
    return Person(
        name=str(adult.name) if named else str(adult.kind),
        tie=tie % {"kind": adult.kind},
        home=adult.at_home,
        marks=marks,
        note=note if named else _("Name not shown to you"),
        known=named,
    )


def _drawn_sibling(sibling: SiblingShown) -> Person:
    named = not is_withheld(sibling.name)
    tie = _("%(kind)s, born together") if sibling.same_birth else _("%(kind)s")
    return Person(
        name=str(sibling.name) if named else _("A brother or sister"),
        tie=tie % {"kind": sibling.kind},
        home=bool(sibling.at_home),
        note="" if named else _("Not shown to you"),
        known=named,
    )


def _adult(adult: AdultShown) -> list[Any]:
    return [
        Cell(_("Name not shown to you") if is_withheld(adult.name) else adult.name, note=_stands(adult)),
        Cell(_("Yes") if adult.responsible else _("No"), note=_responsible(adult)),
        _("With the child") if adult.at_home else _("Elsewhere"),
        reached(adult),
        _limits(adult),
    ]


def reached(adult: AdultShown) -> Cell:
    """The telephone and, under it, the e-mail address; the address alone where no number is known."""
    email = "" if is_withheld(adult.email) else adult.email
    if email and not is_withheld(adult.phone) and not adult.phone:
        return Cell(email)
    return Cell(adult.phone, note=email)


def _stands(adult: AdultShown) -> str:
    said = [str(adult.kind)]
    if adult.claimed:
        said.append(_("as they say, not yet checked"))
    if adult.until and not adult.current:
        said.append(_("until %(day)s") % {"day": long_date(adult.until)})
    said += [_("works at %(school)s") % {"school": school} for school in adult.works_at]
    return ", ".join(said)


def _responsible(adult: AdultShown) -> str:
    said = [str(adult.responsible_by)] if adult.responsible_by else []
    if adult.ordered_on:
        said.append(_("ordered on %(day)s") % {"day": long_date(adult.ordered_on)})
    if adult.order_ends:
        said.append(_("until %(day)s") % {"day": long_date(adult.order_ends)})
    if adult.evidence:
        said.append(str(adult.evidence))
    return ". ".join(said)


def _limits(adult: AdultShown) -> Any:
    if adult.limits:
        return Cell("; ".join(_limit(limit) for limit in adult.limits))
    return (
        _("A limit is recorded. Your role does not show you what.") if adult.limited else _("None recorded")
    )


def _limit(limit: LimitShown) -> str:
    said = [str(limit.kind), str(limit.keeps_back)]
    if limit.since:
        said.append(_("from %(day)s") % {"day": long_date(limit.since)})
    if limit.until:
        said.append(_("until %(day)s") % {"day": long_date(limit.until)})
    if limit.evidence:
        said.append(str(limit.evidence))
    return ". ".join(word[:1].upper() + word[1:] for word in said)


def _sibling(sibling: SiblingShown, linked: bool) -> list[Any]:
    link = reverse("record.child", args=[sibling.id]) if linked and sibling.may_open else ""
    named = not is_withheld(sibling.name)
    lives = {True: _("With the child"), False: _("Elsewhere"), None: _("Not known, or not for you to see")}
    note = _("Born together") if sibling.same_birth else ""
    return [
        Cell(sibling.name if named else _("A brother or sister who is not shown to you"), href=link),
        Cell(shown(sibling.born) if named else _("Not shown to you")),
        Cell(sibling.kind, note=note),
        lives[sibling.at_home],
    ]
