"""The questions about facts that count: each asked once, for the child or for all the schools that use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.rules.allocation.facts import FACTS, LOOKED_AFTER
from throughline.web.journeys.steps import Answers, Step

from ...forms.family import CareForm, YesNoForm, care_title
from ...forms.family_facts import WORDS, FactAtSchoolsForm, SchoolOption
from ...queries.asking import CARE, FactAsked, Question
from ...wording.criteria import fact_words
from ...wording.questions import (
    counts_for,
    counts_for_all,
    definition_lines,
    evidence_words,
    question_words,
)
from ...wording.questions_at_schools import differ, meaning_at
from .keeping import LEFT, PAPERS

Said = list[tuple[str, Any]]


def care_steps(child: str, here: list[Any]) -> list[Step]:
    """Whether the child is or was in care, and what shows it."""
    title, about = care_title(child), _("About your child")
    care = Step(CARE, title, partial(CareForm, child=child), group=about)
    codes = dict.fromkeys(code for fact in FACTS if fact.name in LOOKED_AFTER for code in fact.evidence)
    return [
        care,
        _papers(CARE, tuple(codes), lambda answers: _care_said(answers) != "no", here, (title, about)),
    ]


def _care_said(answers: Answers) -> str:
    return str(answers.get(CARE, {}).get("care", "no"))


def fact_steps(question: Question, child: str, here: list[Any]) -> list[Step]:
    """One question, and for each school with a yes what shows it."""
    group = _("About your child") if question.of_child else _("About your child and these schools")
    step = _of_child(question, child) if question.of_child else _at_schools(question, child, group)
    return [step, *(_papers_of(each, child, here, group) for each in question.asked)]


def _of_child(question: Question, child: str) -> Step:
    asked, words = question.asked[0], question_words(question.name)
    title = _title(asked, child)
    return Step(
        question.slug,
        title,
        partial(YesNoForm, tell=str(words.tell)),
        help=(counts_for(asked.name, asked.choice.in_force.arrangement.details), _help(question, child)),
        group=_("About your child"),
        said=lambda answer: [(title, _yes_or_no(answer))],
    )


def _at_schools(question: Question, child: str, group: str) -> Step:
    words, asked = question_words(question.name), question.asked
    details = asked[0].choice.in_force.arrangement.details
    each_own = differ((each.name, each.choice.in_force.arrangement) for each in asked)
    points = [] if each_own else definition_lines(question.name, details)
    one = len(asked) == 1
    counts = counts_for(asked[0].name, details) if one else counts_for_all(asked[0].name, details)
    meaning = _("At this school, this means:") if one else _("At these schools, this means:")
    return Step(
        question.slug,
        _title(asked[0], child) if one else str(words.any_school) % {"child": child},
        partial(FactAtSchoolsForm, options=_options(asked, each_own), tell=str(words.tell)),
        help=(_help(question, child),) if each_own else (counts, _help(question, child)),
        points=points,
        points_title=meaning if points else "",
        group=group,
        done=lambda answers: question.slug in answers and not answers[question.slug].get(LEFT),
        said=lambda answer: _said(question, child, answer),
    )


def _options(asked: Sequence[FactAsked], each_own: bool) -> list[SchoolOption]:
    names = [each.choice.school.name for each in asked]
    return [
        SchoolOption(
            each.slug,
            each.choice.school.name,
            _label(each) if names.count(each.choice.school.name) > 1 else each.choice.school.name,
            meaning_at(each.name, each.choice.in_force.arrangement) if each_own else "",
        )
        for each in asked
    ]


def _label(asked: FactAsked) -> str:
    """A school that uses the fact in two ways, or one of two schools of a name."""
    fact = fact_words(asked.name, asked.choice.in_force.arrangement.details)
    return _("%(school)s, for children who %(fact)s") % {"school": asked.choice.school.name, "fact": fact}


def _title(asked: FactAsked, child: str) -> str:
    names = {"child": child, "school": asked.choice.school.name}
    return str(question_words(asked.name).title) % names


def _help(question: Question, child: str) -> str:
    return str(question_words(question.name).help) % {"child": child}


def _said(question: Question, child: str, answer: Mapping[str, Any]) -> Said:
    """The answer in a line and what was written for each school; school by school where one is still to be answered."""
    ticked = [each for each in question.asked if each.slug in answer["schools"]]
    if len(question.asked) == 1 or answer.get(LEFT):
        return [(_title(each, child), _at_one(each, answer)) for each in question.asked]
    words = question_words(question.name)
    names = ", ".join(each.choice.school.name for each in ticked) or _("No, none of these")
    first = (str(words.any_school) % {"child": child}, names)
    tell = _("%(what)s (%(school)s)")
    written = [
        (tell % {"what": words.tell, "school": each.choice.school.name}, answer[WORDS + each.slug])
        for each in ticked
        if answer.get(WORDS + each.slug)
    ]
    return [first, *written]


def _at_one(asked: FactAsked, answer: Mapping[str, Any]) -> str:
    if asked.slug in answer.get(LEFT, ()):
        return _("Not answered yet")
    yes = "yes" if asked.slug in answer["schools"] else "no"
    return _yes_or_no({"answer": yes, "words": answer.get(WORDS + asked.slug, "")})


def _yes_or_no(answer: Mapping[str, Any]) -> str:
    yes = answer.get("answer") == "yes"
    if yes and answer.get("words"):
        return _("Yes: %(words)s") % {"words": answer["words"]}
    return _("Yes") if yes else _("No")


def _papers_of(asked: FactAsked, child: str, here: list[Any], group: str) -> Step:
    of = (_title(asked, child), group)
    return _papers(asked.slug, asked.fact.evidence, lambda answers: _yes(answers, asked.slug), here, of)


def _papers(slug: str, codes: Sequence[str], applies: Any, here: list[Any], of: tuple[str, str]) -> Step:
    points = evidence_words(tuple(codes))
    return Step(
        PAPERS + slug,
        _("Send us something that shows this"),
        page=reverse("admissions.my_papers", args=[*here, slug]),
        applies=lambda answers: bool(points) and applies(answers),
        points=points,
        note=of[0],
        optional=True,
        group=of[1],
        said=lambda files: [
            (_("What you are sending to show this"), ", ".join(each["name"] for each in files))
        ],
    )


def _yes(answers: Answers, slug: str) -> bool:
    return bool(answers.get(slug, {}).get("answer") == "yes")
