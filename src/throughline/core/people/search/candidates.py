"""Finding children by what somebody typed, in two stages: a few hundred from indexes, then the likeliest first.

Nothing found here has been shown to anybody, and nobody may be shown it as it is: ``showing`` asks who may see whom.
What was typed is never kept or logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from throughline.rules.matching import Asked, Findable, how_well, one_letter_out, read, slips

from ..findable import FindableName, NameSlip
from . import arms
from .database import Condition, among, both, day_of, key_of, rows

MOST = 200
# Earlier ways fit better: once they have met enough, later ones are not asked.
_RANKED, _ROWS_OF_ONE_WAY, _ROWS = 250, 250, 500
_ROWS_OF_A_DAY = 1_500
# Below this the best is only a guess, and what was typed may have a slip in it.
_GOOD = 84
_SHORTEST_NUMBER = 5
_WORDS_MEANT = 30


@dataclass(frozen=True, slots=True)
class Found:
    """A child who fits.

    Attributes:
        score: how well, of 100.
        by: what it rests on besides a name borne now: ``birth``, ``place``, ``number``, ``former_name``. Whoever may
            not see one of these must not learn from a find that it fits.
        whole: whether both names and the date of birth were given just as they are: the searcher knew whom they sought.
    """

    child_id: UUID
    score: int
    by: frozenset[str]
    whole: bool


MayTell = Callable[[list[Found]], list[Found]]


def candidates(
    text: str, *, within: frozenset[UUID] | None = None, may_tell: MayTell = lambda found: found
) -> list[Found]:
    """The children who fit what was typed, at most 200, the likeliest first.

    Args:
        text: names in any order, dates of birth, a postcode or its first half, a number or reference, together or alone.
        within: look only among these children; none means all.
        may_tell: those of some finds that the searcher may be told of. Whom a number or a former name would betray must
            not even keep the search from going on to other ways: that it stopped would tell that the guess was right.

    Children whose record was merged into another are not found. A postcode finds only by an address where the child lives
    now and that is not kept from others.
    """
    asked = read(text)
    asked = replace(asked, numbers=tuple(each for each in asked.numbers if len(each) >= _SHORTEST_NUMBER))
    if not asked or (within is not None and not within):
        return []
    also = [among("child_id", within)] if within is not None else []
    if asked.numbers:
        found = _rank(asked, _ask(arms.by_reference(asked), also), set())
        found = found or may_tell(_rank(asked, _ask(arms.by_number(asked), also), {"number"}))
        if found or not replace(asked, numbers=()):
            return found
    if asked.postcode or asked.outward:
        also.append(arms.by_place(asked))
        return _by_name_or_birth(asked, also, {"place"}, may_tell)
    return _by_name_or_birth(asked, also, set(), may_tell)


def _by_name_or_birth(asked: Asked, also: list[Condition], by: set[str], may_tell: MayTell) -> list[Found]:
    if not asked.words and not asked.births:
        return _rank(asked, _ask([("1 = 1", [])], also), by)
    if asked.births:
        found = _told(
            _rank(asked, _ask(arms.by_birth(asked), also, _ROWS_OF_A_DAY), by | {"birth"}), may_tell
        )
        if found or not asked.words:
            return found
        return _rank(asked, _ask(arms.near_birth(asked), also), by | {"birth"})
    keys = _ask(arms.by_words(asked.words), also)
    found = _told(_rank(asked, keys, by), may_tell)
    if found and found[0].score >= _GOOD:
        return found
    more = _ask(arms.by_slips(asked.words, _meant(asked.words)), also)
    return _rank(asked, dict.fromkeys([*more[:MOST], *keys]), by)


def _told(found: list[Found], may_tell: MayTell) -> list[Found]:
    """Only finds by a former name have to be asked about: what else the search rests on stops it for nobody."""
    former = [each for each in found if "former_name" in each.by]
    if not former:
        return found
    told = {each.child_id for each in may_tell(former)}
    return [each for each in found if "former_name" not in each.by or each.child_id in told]


def _ask(ways: Iterable[Condition], also: list[Condition], most_rows: int = _ROWS) -> list[Any]:
    """The children met in any of these ways, by the earlier ways first; one question of the database.

    Keys stay as the database gives them until somebody fits: making ``UUID`` of hundreds costs more than ranking them.
    """
    parts, values = [], []
    of_one = max(_ROWS_OF_ONE_WAY, most_rows // 2)
    for number, way in enumerate(ways):
        sql, given = both(way, *also)
        parts.append(
            f"SELECT * FROM (SELECT child_id, {number} AS way FROM people_findablename "  # nosec B608
            f"WHERE {sql} LIMIT {of_one}) way{number}"
        )
        values += given
    if not parts:
        return []
    answers = rows(f"{' UNION ALL '.join(parts)} LIMIT {most_rows}", values)
    met = dict.fromkeys(child for child, _ in sorted(answers, key=itemgetter(1)))
    return list(met)[: max(_RANKED, most_rows // 3)]


def _rank(asked: Asked, keys: Iterable[Any], by: set[str]) -> list[Found]:
    """Those who fit, the likeliest first, then in order of name and age, so that the same search reads the same."""
    fitting = []
    for key, born, names in _known(keys):
        now = [each for each in names if each[0] != FindableName.Kind.FORMER]
        by_now = how_well(asked, Findable(_words(now), born))
        # A former name counts only where nothing else does, or its better fit would show in the order of the finds.
        score = by_now or (how_well(asked, Findable(_words(names), born)) if now != names else 0)
        if score:
            rests_on = by if by_now else by | {"former_name"}
            whole = score == 100 and len(asked.words) > 1 and bool(asked.births)
            name = min(f"{last} {first}" for kind, first, last in now or names)
            fitting.append((-score, name, born, key_of(key), frozenset(rests_on), whole))
    return [
        Found(key, -score, rests_on, whole) for score, _, _, key, rests_on, whole in sorted(fitting)[:MOST]
    ]


def _known(keys: Iterable[Any]) -> Iterator[tuple[Any, date, list[tuple[str, str, str]]]]:
    """Each child's birth and names as the index has them: the kind of name, forename and surname."""
    wanted = list(keys)
    if not wanted:
        return
    sql, values = among("child_id", wanted)
    names: dict[Any, list[tuple[str, str, str]]] = {}
    births: dict[Any, Any] = {}
    for child, kind, forename, surname, born in rows(
        f"SELECT child_id, kind, forename, surname, born FROM people_findablename WHERE {sql}",  # nosec B608
        values,
    ):
        names.setdefault(child, []).append((kind, forename, surname))
        births[child] = born
    for key, of_child in names.items():
        yield key, day_of(births[key]), of_child


def _words(names: list[tuple[str, str, str]]) -> tuple[tuple[str, bool, bool], ...]:
    told: dict[tuple[str, bool], bool] = {}
    for kind, forename, surname in names:
        now = kind == FindableName.Kind.NOW
        told[forename, False] = told.get((forename, False), False) or now
        # A middle name stands beside the surname of now.
        told[surname, True] = told.get((surname, True), False) or kind != FindableName.Kind.FORMER
    return tuple((word, surname, now) for (word, surname), now in told.items() if word)


def _meant(words: tuple[str, ...]) -> dict[str, list[str]]:
    """For each word typed, the words on the record that it may be with a slip."""
    if not words:
        return {}
    typed = {word: one_letter_out(word) for word in words}
    every = {slip for each in typed.values() for slip in each}
    known: dict[str, set[str]] = {}
    for slip, word in NameSlip.objects.filter(slip__in=every).values_list("slip", "word"):
        known.setdefault(slip, set()).add(word)
    return {
        word: slips(word, {other for slip in each for other in known.get(slip, ())})[:_WORDS_MEANT]
        for word, each in typed.items()
    }
