"""One decision: how much of a category a reader sees about one child, and why.

Source: the project's rule book, section 8 (sharing: lawful basis per purpose, POR-01, SHR-04). Nothing is shown
unless a rule says so; an override that withholds always wins over one that grants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Detail(IntEnum):
    """How much is seen, from nothing to being able to add."""

    NONE = 0
    EXISTS = 1
    SUMMARY = 2
    FULL = 3
    CONTRIBUTE = 4


class Reason(StrEnum):
    """Why a decision is what it is. The words for it belong to the pages."""

    NO_RULE = "no_rule"
    RULE = "rule"
    RULE_WITHHOLDS = "rule_withholds"
    OVERRIDE_GRANTS = "override_grants"
    OVERRIDE_WITHHOLDS = "override_withholds"
    RESTRICTED = "restricted"
    EMERGENCY = "emergency"
    NOT_YOURS = "not_yours"
    ASKED = "asked"


@dataclass(frozen=True)
class Rule:
    """Between two dates, this reader (a relationship, or ``role:`` and a role) sees this much of a category."""

    reader: str
    category: str
    detail: Detail
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True)
class Override:
    """For one child and one reader, between two dates: more (``grants``) or nothing, whatever the rules say."""

    category: str
    grants: bool
    since: date
    until: date


@dataclass(frozen=True)
class Decision:
    """What is seen, why, and by virtue of which reader."""

    detail: Detail
    reason: Reason
    reader: str = ""

    @property
    def shows_value(self) -> bool:
        """Whether the values themselves may be shown."""
        return self.detail >= Detail.FULL


def decide(
    category: str,
    readers: Iterable[str],
    rules: Iterable[Rule],
    overrides: Iterable[Override] = (),
    *,
    on: date,
    emergency: bool = False,
    lent: bool = False,
) -> Decision:
    """Decide how much of a category is seen.

    Args:
        category: the kind of information.
        readers: what the viewer is to this child: relationships that hold, and ``role:`` for each role held.
        rules: every rule that might apply; those for other categories, readers or dates are passed over.
        overrides: those made for this viewer and this child.
        on: the day of the look.
        emergency: whether the viewer has, within its hours, opened this child's record to keep the child safe. It
            shows what rules do not; what was decided to withhold from this very person stays withheld.
        lent: whether the category is lent to the viewer for as long as something lasts, such as a request they are
            to answer. It adds to what rules show, and never to what was decided to withhold.

    Returns:
        The decision. Where several readers apply, the most generous rule is used and named: a parent who is also
        a governor loses nothing by being a governor.
    """
    live = [o for o in overrides if o.category == category and o.since <= on <= o.until]
    if any(not o.grants for o in live):
        return Decision(Detail.NONE, Reason.OVERRIDE_WITHHOLDS)
    if live:
        return Decision(Detail.FULL, Reason.OVERRIDE_GRANTS)
    if emergency:
        return Decision(Detail.FULL, Reason.EMERGENCY)
    held = set(readers)
    fitting = [
        rule
        for rule in rules
        if rule.category == category and rule.reader in held and rule.since <= on <= rule.until
    ]
    best = max(fitting, key=lambda rule: (rule.detail, rule.reader), default=None)
    if lent and (best is None or best.detail < Detail.FULL):
        return Decision(Detail.FULL, Reason.ASKED)
    if best is None:
        return Decision(Detail.NONE, Reason.NO_RULE)
    if best.detail == Detail.NONE:
        return Decision(Detail.NONE, Reason.RULE_WITHHOLDS, best.reader)
    return Decision(best.detail, Reason.RULE, best.reader)


def through_lent_eyes(theirs: Decision, own: Decision) -> Decision:
    """What somebody is shown who looks through another's eyes: as much as the other sees, and never more than they may themselves."""
    return theirs if theirs.detail <= own.detail else Decision(own.detail, Reason.NOT_YOURS, theirs.reader)
