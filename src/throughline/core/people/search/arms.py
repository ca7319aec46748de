"""The ways in which a child may be met by what was typed: each a small question that an index answers at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from throughline.rules.matching import Asked, one_digit_off, other_names, sound

from .database import Condition, begins, both, inside, one_of

# Beyond this many words only neighbours and the two ends are asked for together.
_FEW_NAMES = 40


def by_reference(asked: Asked) -> Iterator[Condition]:
    """By the reference that letters carry: ``C-7QK3M9T``, with or without its beginning."""
    written = {f"C-{number.removeprefix('C-')}" for number in asked.numbers}
    yield inside("child_id", "SELECT id FROM people_child WHERE", one_of("reference", written))


def by_number(asked: Asked) -> Iterator[Condition]:
    """By a number on the record, in force or former."""
    yield inside("child_id", "SELECT id FROM people_child WHERE", one_of("upn", asked.numbers))
    yield inside("child_id", "SELECT child_id FROM people_identifier WHERE", one_of("value", asked.numbers))


def by_place(asked: Asked) -> Condition:
    """By the postcode, or the first half of one, of where a child lives now, unless that is kept from others."""
    if asked.postcode:
        where = one_of("a.postcode", {asked.postcode, asked.postcode.replace(" ", "")})
    else:
        where = begins("a.postcode", asked.outward + " ")
    return inside(
        "child_id",
        "SELECT r.child_id FROM people_residence r JOIN people_address a ON a.id = r.address_id"
        " WHERE r.until IS NULL AND NOT a.restricted AND",
        where,
    )


def by_birth(asked: Asked) -> Iterator[Condition]:
    """By date of birth, also with day and month in one another's place."""
    yield one_of("born", asked.births)
    if asked.births_swapped:
        yield one_of("born", asked.births_swapped)


def near_birth(asked: Asked) -> Iterator[Condition]:
    """By a date with one digit wrong, where a name sounds right."""
    births = {near for born in asked.births for near in one_digit_off(born)}
    for word in asked.words:
        yield both(one_of("born", births), ("surname_sound = %s", [sound(word)]))
        yield both(one_of("born", births), one_of("forename_sound", map(sound, other_names(word))))


def by_words(words: tuple[str, ...]) -> Iterator[Condition]:
    """By names: as typed, then by their beginnings, then by short names, other spellings and sounds."""
    if len(words) == 1:
        yield from _by_one_word(words[0])
        return
    pairs = [*dict.fromkeys([(words[0], words[-1]), *pairwise(words)])][:4]
    both_ways = [pair for one, other in pairs for pair in ((one, other), (other, one))]
    for forename, surname in both_ways:
        yield both(("forename = %s", [forename]), ("surname = %s", [surname]))
    # One name in several words, such as a double-barrelled surname by itself: the index has it as one word too.
    yield "surname = %s", ["".join(words)]
    yield "forename = %s", ["".join(words)]
    for forename, surname in both_ways:
        yield both(("forename = %s", [forename]), begins("surname", surname))
        yield both(("surname = %s", [surname]), begins("forename", forename))
    for forename, surname in both_ways:
        yield both(
            one_of("surname_sound", _sounds(surname)),
            one_of("forename_sound", _sounds(forename)),
        )


def by_slips(words: tuple[str, ...], meant: dict[str, list[str]]) -> Iterator[Condition]:
    """By names of which one or both are typed with a slip or not to their end."""
    if len(words) == 1:
        if meant[words[0]]:
            yield one_of("surname", meant[words[0]])
            yield one_of("forename", meant[words[0]])
        return
    for one, other in ((words[0], words[-1]), (words[-1], words[0])):
        ones, others = meant[one], meant[other]
        if ones and others:
            yield both(one_of("forename", ones), one_of("surname", others))
        if ones:
            yield both(one_of("forename", ones), begins("surname", other))
        if others:
            yield both(one_of("surname", others), begins("forename", one))
        yield both(begins("surname", other), begins("forename", one))


def _by_one_word(word: str) -> Iterator[Condition]:
    yield "surname = %s", [word]
    yield "forename = %s", [word]
    yield begins("surname", word)
    yield begins("forename", word)
    yield one_of("surname_sound", [sound(word)])
    yield one_of("forename_sound", _sounds(word))


def _sounds(word: str) -> set[str]:
    return set(map(sound, sorted(other_names(word))[:_FEW_NAMES])) | {sound(word)}
