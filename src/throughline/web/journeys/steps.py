"""A journey as data: which questions there are, in which order, and for whom.

Nothing here knows pages or storage. The check page, the progress line and the back links are all worked out from the
same steps, so they cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
Answers = Mapping[str, Any]
"""What has been answered, by the slug of the question."""


def always(answers: Answers) -> bool:  # noqa: ARG001
    """A question that is asked of everybody."""
    return True


@dataclass(frozen=True)
class Step:
    """One page of a journey.

    Attributes:
        slug: its name in the address and among the answers.
        title: the question, as the heading of its page.
        form: makes the form from data and initial values; none for a page that is served elsewhere.
        page: the address of a page of its own, where a form is not enough.
        applies: whether it is asked, given what has been answered so far.
        done: whether it has been dealt with; a form's step is done when it has an answer.
        help: paragraphs above the form.
        points: a list under them, with ``points_title`` before it.
        group: the part of the check page it belongs to.
        note: a line that tells steps of one title apart.
        optional: whether the journey may be finished without it.
        said: the answer in words, for the check page; none to say each field's label and value.
    """

    slug: str
    title: Text
    form: Callable[..., forms.Form] | None = None
    page: str = ""
    applies: Callable[[Answers], bool] = always
    done: Callable[[Answers], bool] | None = None
    help: Sequence[Text] = ()
    points: Sequence[Text] = ()
    points_title: Text = ""
    group: Text = ""
    note: Text = ""
    optional: bool = False
    said: Callable[[Any], Sequence[tuple[Text, Any]]] | None = None

    def is_done(self, answers: Answers) -> bool:
        """Whether the question has been dealt with."""
        if self.done is not None:
            return self.done(answers)
        return self.slug in answers


@dataclass(frozen=True)
class Journey:
    """Steps in order."""

    steps: tuple[Step, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        slugs = [step.slug for step in self.steps]
        twice = {slug for slug in slugs if slugs.count(slug) > 1}
        if twice:
            raise ValueError(f"Two steps of a journey have the same name: {', '.join(sorted(twice))}.")

    def asked(self, answers: Answers) -> list[Step]:
        """The steps that apply, in order."""
        return [step for step in self.steps if step.applies(answers)]

    def step(self, slug: str, answers: Answers) -> Step | None:
        """The step of that name, if it applies."""
        return next((step for step in self.asked(answers) if step.slug == slug), None)

    def after(self, slug: str, answers: Answers) -> Step | None:
        """The step to go to next; none at the end."""
        following = self._around(slug, answers)[1]
        return following[0] if following else None

    def before(self, slug: str, answers: Answers) -> Step | None:
        """The step to go back to; none at the beginning."""
        earlier = self._around(slug, answers)[0]
        return earlier[-1] if earlier else None

    def resume(self, answers: Answers) -> Step | None:
        """The first step that still has to be dealt with; none when everything has been."""
        return next((s for s in self.asked(answers) if not s.optional and not s.is_done(answers)), None)

    def missing(self, answers: Answers) -> list[Step]:
        """Every step without which the journey cannot be finished."""
        return [s for s in self.asked(answers) if not s.optional and not s.is_done(answers)]

    def progress(self, slug: str, answers: Answers) -> str:
        """``Question 3 of 7``. The number of questions follows from the answers so far."""
        slugs = [step.slug for step in self.asked(answers)]
        if slug not in slugs:
            return ""
        return _("Question %(number)s of %(count)s") % {
            "number": slugs.index(slug) + 1,
            "count": len(slugs),
        }

    def _around(self, slug: str, answers: Answers) -> tuple[list[Step], list[Step]]:
        """The steps before and after one; a step that no longer applies keeps its place among the others."""
        at = next((n for n, step in enumerate(self.steps) if step.slug == slug), None)
        if at is None:
            raise KeyError(f"This journey has no step called {slug}.")
        earlier = [step for step in self.steps[:at] if step.applies(answers)]
        return earlier, [step for step in self.steps[at + 1 :] if step.applies(answers)]
