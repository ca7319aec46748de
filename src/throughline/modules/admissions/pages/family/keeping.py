"""Keeps the answers of an application, one question at a time, through the application's own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
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
from ...forms.family_facts import NONE, WORDS
from ...queries.asking import CARE, CHILD, FactAsked, Question
from ...queries.families import KnownHome, my_application, submitted_preferences

ADDRESS, NEW_ADDRESS, SCHOOLS, REASONS, LATE = "address", "new-address", "schools", "reasons", "late"
PAPERS = "papers-"
LEFT = "left"
"""In the answer about a fact: the schools for which it has not been answered yet."""


class ApplicationKeeper:
    """The answers to one application. The slug of each question is its key; the list of schools counts as one."""

    def __init__(
        self,
        request: HttpRequest,
        application: Any,
        asked: Sequence[FactAsked],
        questions: Sequence[Question],
        home: KnownHome,
    ) -> None:
        self.viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        self.application = application
        self._asked = {each.slug: each for each in asked}
        self._at_schools = {each.slug: each for each in questions if not each.of_child}
        self._home = home

    @property
    def edition(self) -> int:
        return int(self.application.edition)

    @property
    def answers(self) -> dict[str, Any]:
        held: Mapping[str, Any] = self.application.answers
        found = {**self._given(), **self._from_facts(), **held.get("answered", {})}
        for slug, question in self._at_schools.items():
            together = _together(question, found)
            if together:
                found[slug] = together
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
        question = self._at_schools.get(slug)
        answered = _apart(answer) if question else {slug: answer}
        try:
            self.application = answer_question(
                by=self.viewer,
                application=self.application,
                answered=answered,
                edition=edition,
                facts=self._facts(answered),
                more=more,
            )
        except Overtaken as overtaken:
            raise SavedElsewhere from overtaken

    def _facts(self, answered: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], str]:
        if CARE in answered:
            care = answered[CARE]["care"]
            return {(CHILD, name): _("Yes") if care == name else "" for name in LOOKED_AFTER}
        found = {}
        for slug, answer in answered.items():
            asked = self._asked.get(slug)
            if asked is not None:
                said = (answer.get("words") or _("Yes")) if answer["answer"] == "yes" else ""
                found[asked.key, asked.name] = said
        return found

    def _given(self) -> dict[str, Any]:
        """The address and the reason for being late that came with an application made on paper or in a file."""
        found: dict[str, Any] = {}
        at = self._home.residence
        if at is not None and self.application.version and at.address_id == self.application.address_id:
            found[ADDRESS] = {"lives_here": "yes", "address": str(at.address_id)}
        if self.application.answers.get("late_reason"):
            found[LATE] = {"reason": self.application.answers["late_reason"]}
        return found

    def _from_facts(self) -> dict[str, Any]:
        """What an application that came on paper or in a file says, as if it had been answered here."""
        held = self.application.answers.get("facts", {})
        here = self.application.answers.get("answered", {})
        found: dict[str, Any] = {}
        for slug, asked in self._asked.items():
            words = held.get(asked.key, {}).get(asked.name)
            if words:
                found[slug] = {"answer": "yes", "words": words}
        for question in self._at_schools.values():
            # An answer given here is kept under its question too. Whoever named some of the schools elsewhere, on paper
            # or in a file, was asked about all that it listed.
            if any(each.slug in found and each.slug not in here for each in question.asked):
                rest = [each.slug for each in question.asked if each.key in self._submitted]
                found = {**{slug: {"answer": "no", "words": ""} for slug in rest}, **found}
        care = [name for name in LOOKED_AFTER if held.get(CHILD, {}).get(name)]
        return {**found, **({CARE: {"care": care[0]}} if care else {})}

    @cached_property
    def _submitted(self) -> set[str]:
        """The schools of the application as it was last submitted."""
        return {str(each.school_id) for each in submitted_preferences(self.application)}

    def _moved(self, answer: Mapping[str, Any], edition: int) -> None:
        """A new address goes on the record; the application notes which one it was made with."""
        address = change_own_address(
            by=self.viewer,
            child=self.application.child,
            address=address_details(answer),
            since=date.fromisoformat(answer["since"]),
        )
        self._keep(ADDRESS, {"lives_here": "yes", "address": str(address.pk)}, edition, {})


def _together(question: Question, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers about one fact at each school as one answer; empty when none has been given."""
    given = {each.slug: answers[each.slug] for each in question.asked if each.slug in answers}
    if not given:
        return {}
    left = [each.slug for each in question.asked if each.slug not in given]
    ticked = [slug for slug, answer in given.items() if answer.get("answer") == "yes"]
    words = {WORDS + slug: answer["words"] for slug, answer in given.items() if answer.get("words")}
    return {"schools": ticked or ([] if left else [NONE]), **words, **({LEFT: left} if left else {})}


def _apart(answer: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """One answer about a fact as an answer for each school that was shown."""
    return {
        slug: {
            "answer": "yes" if slug in answer["schools"] else "no",
            "words": answer.get(WORDS + slug, ""),
        }
        for slug in answer["shown"]
    }


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
