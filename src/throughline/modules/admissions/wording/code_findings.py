"""What the Admissions Code says against arrangements, in words: what is wrong, where, which paragraph says so."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.allocation.admissions_code import CodeFinding
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.facts import fact_named

from .code_rules import RULES
from .criteria import criterion_at, fact_words

_PLACES = {
    "admission_number": gettext_lazy("the admission number"),
    "tie_break": gettext_lazy("the tie-break"),
    "criteria": gettext_lazy("the criteria"),
    "quotas": gettext_lazy("the places set aside"),
    "bands": gettext_lazy("the bands"),
    "selection": gettext_lazy("selection by ability"),
    "details": gettext_lazy("the definitions"),
}


@dataclass(frozen=True)
class FindingWords:
    """One finding as an officer reads it."""

    words: str
    where: str
    paragraph: str
    refused: bool

    @property
    def whole(self) -> str:
        """The finding, where it is and who says so, as one text."""
        return " ".join(part for part in (self.words, self.where, self.paragraph) if part)


def finding_words(finding: CodeFinding, arrangement: Arrangement) -> FindingWords:
    """One finding of the Code check in words."""
    values: defaultdict[str, object] = defaultdict(str)
    values.update(finding.values)
    name = str(values["fact"])
    if name and fact_named(name) is not None:
        values["fact"] = fact_words(name, arrangement.details)
    elif name:
        values["fact"] = name.replace("_", " ")
    values["asked"] = str(values["asked"]).replace("_", " ")
    return FindingWords(
        words=str(RULES[finding.rule]) % values,
        where=_where(finding.where, arrangement),
        paragraph=_paragraph(finding),
        refused=finding.severity == "refuse",
    )


def _paragraph(finding: CodeFinding) -> str:
    said = {"reference": finding.reference}
    if finding.verified:
        return _("Rule book, %(reference)s: checked against the School Admissions Code.") % said
    return (
        _(
            "Rule book, %(reference)s: not yet checked against the School Admissions Code, so look it up before relying "
            "on it."
        )
        % said
    )


def _where(path: str, arrangement: Arrangement) -> str:
    criterion = re.match(r"criteria\[(\d+)\]", path)
    if criterion:
        number = int(criterion.group(1)) + 1
        if not _has_words(arrangement, number):
            return _("Look at criterion %(number)s.") % {"number": number}
        return _("Look at criterion %(number)s: %(words)s.") % {
            "number": number,
            "words": criterion_at(arrangement, number),
        }
    share = re.match(r"quotas\[(\d+)\]", path)
    if share:
        return _("Look at share %(number)s of the places set aside.") % {"number": int(share.group(1)) + 1}
    place = _PLACES.get(re.split(r"[.\[]", path)[0])
    return _("Look at %(place)s.") % {"place": place} if place else ""


def _has_words(arrangement: Arrangement, number: int) -> bool:
    """Whether every fact of a criterion is in the vocabulary. An unknown one is what the finding is about."""
    who = arrangement.criteria[number - 1].who
    return all(fact_named(name) is not None for name in (*who.all_of, *who.any_of, *who.none_of))
