"""What an officer is shown of two records that may be one: which pairs there are, the two side by side, and what would move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from throughline.rules.matching import Likeness, compare

from ...access.viewer import Refused, Viewer, require
from ...sharing.show import Sight
from ..likenesses import LookAlike
from ..models import Child, Enrolment, Merge, PairDecision, Residence
from ..names import is_sealed_away
from ..search.identities import identities_of
from ..search.matching import look_alikes
from .actions import MERGE
from .planning import Plan
from .tables import guarded_by, label_of

IDENTITY = "people.identity"
MOST = 20
# What a reason would betray: it is told only to those who may see this of both records.
RESTS_ON = {
    **dict.fromkeys(
        ("upn_same", "upn_former", "upn_differs", "nhs_same", "nhs_differs"), "people.identifiers"
    ),
    **dict.fromkeys(("forename_former", "surname_former"), "people.former_names"),
    **dict.fromkeys(("postcode_same", "postcode_near"), "people.address"),
}


@dataclass(frozen=True)
class Told:
    """A reason with its points, for those who may know it."""

    code: str
    points: int


@dataclass(frozen=True)
class Pair:
    """Two records, as one viewer may see them."""

    one: UUID
    other: UUID
    names: tuple[Any, Any]
    births: tuple[Any, Any]
    references: tuple[Any, Any]
    score: int
    band: str
    reasons: tuple[Told, ...]
    some_reasons_not_shown: bool


@dataclass(frozen=True)
class MovingRows:
    """How many rows of a kind move, and how many stay because the kept record has the same."""

    what: str
    moving: int
    staying: int


def candidates(viewer: Viewer) -> QuerySet[LookAlike]:
    """Pairs that look alike and about which nobody has decided, the likest first."""
    require(viewer, MERGE)
    decided = PairDecision.objects.filter(
        child_id=OuterRef("child_id"), other_id=OuterRef("other_id"), kind=PairDecision.Kind.NOT_DUPLICATE
    )
    found: QuerySet[LookAlike] = LookAlike.objects.filter(
        ~Exists(decided),
        child__merged_into__isnull=True,
        other__merged_into__isnull=True,
        child__sealed_later__isnull=True,
        other__sealed_later__isnull=True,
    )
    return found.order_by("-score", "child_id", "other_id")


def show_pairs(viewer: Viewer, rows: Iterable[LookAlike]) -> list[Pair]:
    """Some of them as this viewer may see them; pairs with a child who is not for this viewer are left out."""
    pairs = [(row.child_id, row.other_id) for row in rows]
    children = {key for pair in pairs for key in pair}
    sight = Sight(viewer, children)
    known, told = Child.objects.in_bulk(children), identities_of(children)
    shown = [
        _pair(sight, known[one], known[other], compare(told[one], told[other]))
        for one, other in pairs
        if one in told and other in told and all(sight.may_see(key, IDENTITY) for key in (one, other))
    ]
    sight.record_look("records that may be one child")
    return shown


def compare_records(sight: Sight, one: UUID, other: UUID) -> Pair:
    """Two records and every reason for and against their being one, for a sight that covers both.

    Raises:
        Refused: one of them is not there, is sealed away, was merged, or is not for this viewer: answered alike.
    """
    require(sight.viewer, MERGE)
    known = Child.objects.filter(merged_into__isnull=True).in_bulk([one, other])
    for key in (one, other):
        if key not in known or is_sealed_away(key) or not sight.may_see(key, IDENTITY):
            raise Refused("There is no such pair for this viewer.")
    if one == other:
        raise Refused("There is no such pair.")
    told = identities_of([one, other])
    return _pair(sight, known[one], known[other], compare(told[one], told[other]))


def like_this_one(child_id: UUID) -> list[UUID]:
    """Records that look like this one, compared now, and about which nobody has decided; nothing is shown yet."""
    rows = PairDecision.objects.filter(Q(child_id=child_id) | Q(other_id=child_id))
    pairs = rows.filter(kind=PairDecision.Kind.NOT_DUPLICATE).values_list("child_id", "other_id")
    decided = {key for pair in pairs for key in pair}
    return [key for key, _likeness in look_alikes(child_id) if key not in decided][:MOST]


def rows_moving(sight: Sight, made: Plan) -> tuple[list[MovingRows], bool]:
    """What a plan moves, table by table; and whether more moves that this viewer may not know of."""
    moving, staying = made.counted(), made.staying()
    shown, hidden = [], False
    for label in sorted({*moving, *staying}, key=label_of):
        guards = guarded_by(label)
        known = not guards or any(
            sight.may_know(child, code) for code in guards for child in (made.kept.pk, made.gone.pk)
        )
        if known:
            shown.append(MovingRows(label_of(label), moving[label], staying[label]))
        else:
            hidden = True
    return shown, hidden


def to_look_at(sight: Sight, made: Plan) -> list[str]:
    """What both records say of today and only one can be right: said before merging, to be put right after it."""
    on, both = sight.viewer.on, [made.kept.pk, made.gone.pk]
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    found = []
    rolls = Enrolment.objects.filter(lasting, child_id__in=both, since__lte=on).values_list(
        "child_id", "school_id"
    )
    if all(sight.may_see(key, "people.education") for key in both) and _both_say_otherwise(rolls, both):
        found.append(
            _("Both are on a school’s roll today, and not on the same. Say afterwards which one they left.")
        )
    homes = Residence.objects.filter(lasting, child_id__in=both, since__lte=on).values_list(
        "child_id", "address_id"
    )
    if all(sight.may_know(key, "people.address") for key in both) and _both_say_otherwise(homes, both):
        found.append(_("Both say where the child lives today. Say afterwards which of the homes has ended."))
    if any(label == "people.Tie" for label, _key in made.stays) and sight.may_see(both[0], "people.family"):
        found.append(
            _("An adult is on both. What the kept record says of how they stand stays in force: check it.")
        )
    return found


def _both_say_otherwise(rows: Iterable[tuple[UUID, UUID]], both: list[UUID]) -> bool:
    said = {key: {what for child, what in rows if child == key} for key in both}
    first, second = (said[key] for key in both)
    return bool(first and second and first != second)


def decided_different(one: UUID, other: UUID) -> PairDecision | None:
    """That somebody said the two are two children, if anybody did."""
    first, second = sorted((one, other))
    found: PairDecision | None = PairDecision.objects.filter(
        child_id=first, other_id=second, kind=PairDecision.Kind.NOT_DUPLICATE
    ).first()
    return found


def merges_of(viewer: Viewer, sight: Sight, child_id: UUID) -> list[Merge]:
    """The merges into a record that stand, the latest first.

    Raises:
        Refused: the record is not for this viewer.
    """
    require(viewer, MERGE)
    if not sight.may_see(child_id, IDENTITY):
        raise Refused("There is no such child for this viewer.")
    rows = Merge.objects.filter(Q(kept_id=child_id), undone_at=None, gone__merged_into_id=F("kept_id"))
    return list(rows.select_related("gone").order_by("-merged_at", "-id"))


def _pair(sight: Sight, one: Child, other: Child, likeness: Likeness) -> Pair:
    both = (one, other)

    def of(field: str) -> tuple[Any, Any]:
        first, second = (sight.value(c.pk, IDENTITY, getattr(c, field) if field else str(c)) for c in both)
        return first, second

    told = tuple(
        Told(reason.code, reason.points)
        for reason in likeness.reasons
        if reason.code not in RESTS_ON or all(sight.may_see(c.pk, RESTS_ON[reason.code]) for c in both)
    )
    return Pair(
        one=one.pk,
        other=other.pk,
        names=of(""),
        births=of("born"),
        references=of("reference"),
        score=likeness.score,
        band=likeness.band.value,
        reasons=told,
        some_reasons_not_shown=len(told) < len(likeness.reasons),
    )
