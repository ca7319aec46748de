"""Keeps the answers of an application, one question at a time, through the application's own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.people.actions import AddressDetails, change_own_address
from throughline.core.places.queries import point_of_postcode
from throughline.rules.allocation.facts import LOOKED_AFTER
from throughline.web.journeys.keeping import SavedElsewhere

from ...actions.applications import Overtaken
from ...actions.family import answer_question
from ...queries.asking import CARE, CHILD, FactAsked
from ...queries.families import my_application

ADDRESS, NEW_ADDRESS, SCHOOLS, REASONS, LATE = "address", "new-address", "schools", "reasons", "late"
PAPERS = "papers-"


class ApplicationKeeper:
    """The answers to one application. The slug of each question is its key; the list of schools counts as one."""

    def __init__(self, request: HttpRequest, application: Any, asked: Sequence[FactAsked]) -> None:
        self.viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        self.application = application
        self._asked = {each.slug: each for each in asked}

    @property
    def edition(self) -> int:
        return int(self.application.edition)

    @property
    def answers(self) -> dict[str, Any]:
        held: Mapping[str, Any] = self.application.answers
        found = {**self._from_facts(), **held.get("answered", {})}
        if held.get("preferences"):
            found[SCHOOLS] = held["preferences"]
            found.setdefault(
                REASONS, {each["school"]: each.get("reasons", "") for each in held["preferences"]}
            )
        for slug, papers in held.get("papers", {}).items():
            if papers["files"]:
                found[PAPERS + slug] = papers["files"]
        return found

    def keep(self, slug: str, answer: Mapping[str, Any], edition: int) -> None:
        if slug == NEW_ADDRESS:
            self._moved(answer, edition)
            return
        more: dict[str, Any] = {}
        if slug == REASONS:
            wanted = self.application.answers.get("preferences", [])
            more["preferences"] = [{**each, "reasons": answer.get(each["school"], "")} for each in wanted]
        if slug == LATE:
            more["late_reason"] = answer["reason"]
        self._keep(slug, answer, edition, more)

    def reload(self) -> None:
        self.application = my_application(self.viewer, self.application.pk)

    def _keep(self, slug: str, answer: Mapping[str, Any], edition: int, more: Mapping[str, Any]) -> None:
        try:
            self.application = answer_question(
                by=self.viewer,
                application=self.application,
                slug=slug,
                answer=answer,
                edition=edition,
                facts=self._facts(slug, answer),
                more=more,
            )
        except Overtaken as overtaken:
            raise SavedElsewhere from overtaken

    def _facts(self, slug: str, answer: Mapping[str, Any]) -> dict[tuple[str, str], str]:
        if slug == CARE:
            return {(CHILD, name): _("Yes") if answer["care"] == name else "" for name in LOOKED_AFTER}
        asked = self._asked.get(slug)
        if asked is None:
            return {}
        said = (answer.get("words") or _("Yes")) if answer["answer"] == "yes" else ""
        return {(asked.key, asked.name): said}

    def _from_facts(self) -> dict[str, Any]:
        """What an application that came on paper or in a file says, as if it had been answered here."""
        held = self.application.answers.get("facts", {})
        found: dict[str, Any] = {}
        for slug, asked in self._asked.items():
            words = held.get(asked.key, {}).get(asked.name)
            if words:
                found[slug] = {"answer": "yes", "words": words}
        care = [name for name in LOOKED_AFTER if held.get(CHILD, {}).get(name)]
        return {**found, **({CARE: {"care": care[0]}} if care else {})}

    def _moved(self, answer: Mapping[str, Any], edition: int) -> None:
        """A new address goes on the record; the application notes which one it was made with."""
        address = change_own_address(
            by=self.viewer,
            child=self.application.child,
            address=address_details(answer),
            since=date.fromisoformat(answer["since"]),
        )
        self._keep(ADDRESS, {"lives_here": "yes", "address": str(address.pk)}, edition, {})


def address_details(answer: Mapping[str, Any]) -> AddressDetails:
    """An address as the record keeps it, with its postcode's point where that is known."""
    point = point_of_postcode(answer["postcode"])
    where = {"lines": answer["lines"], "town": answer["town"], "postcode": answer["postcode"]}
    if point is None:
        return AddressDetails(**where)
    return AddressDetails(
        **where, easting=point[0], northing=point[1], precision="postcode", point_source="postcode directory"
    )


def say_if_unknown(request: HttpRequest, postcode: str) -> None:
    """Tell somebody whose postcode is not in the directory that this holds nothing up."""
    if point_of_postcode(postcode) is None:
        messages.info(
            request,
            _(
                "We do not know this postcode yet, so we cannot show distances. Carry on: an officer will look, and you lose "
                "nothing by it."
            ),
        )
