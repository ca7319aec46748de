"""What the arrangements say, as a list of sentences to be put in words: the public page and the refusal share it.

Each sentence is a code and its values; the language layer holds one whole sentence per code. The order is the order
in which a parent should read them.

Source: ADM-11 to ADM-14, ADM-20 to ADM-34, ADM-45, ADM-46, ADM-49, ADM-60 of the project's rule book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from throughline.rules.allocation.arrangement import EVERYONE, Arrangement, Criterion, TieBreak, Who
from throughline.rules.allocation.details import detail_table
from throughline.rules.allocation.facts import LOOKED_AFTER, fact_named, fact_uses
from throughline.rules.allocation.rounding import quota_places, shares_remainder


@dataclass(frozen=True)
class Sentence:
    """One thing to say: ``code`` chooses the words, ``values`` fill them."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


SENTENCE_CODES: tuple[str, ...] = (
    "admission_number", "plan_first", "all_admitted_if_enough", "pass_mark", "top_score", "bands", "band",
    "bands_unfilled", "untested_by_lot", "untested_after", "looked_after_before_shares", "share_of_places",
    "share_of_percent", "share_of_remaining", "share_criterion", "share_tie_break", "shares_unfilled",
    "criteria_in_order", "criterion_looked_after", "criterion_everyone", "criterion", "criterion_tie_break",
    "tie_break", "lot", "multiple_births_admit_all", "multiple_births_excepted", "multiple_births_lot",
    "late_after", "late_looked_after_on_time", "waiting_list", "address_on", "define_sibling", "define_catchment",
    "define_feeders", "define_social_medical", "define_staff", "define_faith", "define_aptitude", "define_nursery",
    "define_boarding", "define_partial_selection", "define_distance", "define_test", "define_banding", "define_name",
)  # fmt: skip
"""Every code there is, so that the language layer can be tested to have words for each."""


def needed_facts(*arrangements: Arrangement) -> tuple[str, ...]:
    """Every fact these arrangements use, once each, in the order first used; the bits of a snapshot.

    Looked-after facts are there too where a rule outside the criteria reads them (late, shares of what remains).
    """
    names: list[str] = []
    for arrangement in arrangements:
        if shares_remainder(arrangement) or arrangement.late == "looked_after_on_time":
            names.extend(LOOKED_AFTER)
        names.extend(name for _, name in fact_uses(arrangement))
    return tuple(dict.fromkeys(names))


def statement(arrangement: Arrangement) -> list[Sentence]:
    """The arrangements as sentences, in reading order."""
    return [
        Sentence("admission_number", {"number": arrangement.admission_number}),
        Sentence("plan_first"),
        *_selection(arrangement),
        *_bands(arrangement),
        *_shares(arrangement),
        Sentence("criteria_in_order", {"count": len(arrangement.criteria)}),
        *_criteria(arrangement.criteria),
        Sentence("tie_break", {"order": arrangement.tie_break}),
        *_lot(arrangement),
        *_multiple_births(arrangement),
        Sentence("late_after" if arrangement.late == "after" else "late_looked_after_on_time"),
        Sentence("waiting_list"),
        *_definitions(arrangement),
    ]


def _selection(arrangement: Arrangement) -> Iterator[Sentence]:
    chosen = arrangement.selection
    if chosen is None:
        yield Sentence("all_admitted_if_enough", {"number": arrangement.admission_number})
    elif chosen.kind == "pass_mark":
        yield Sentence("pass_mark", {"mark": chosen.mark})
    else:
        yield Sentence("top_score", {"number": arrangement.admission_number, "mark": chosen.mark})


def _bands(arrangement: Arrangement) -> Iterator[Sentence]:
    if arrangement.bands is None:
        return
    shares = arrangement.bands.shares
    yield Sentence("bands", {"count": len(shares), "shape": arrangement.bands.shape})
    for index, places in enumerate(shares):
        yield Sentence("band", {"band": index + 1, "places": places})
    yield Sentence("bands_unfilled")
    yield Sentence("untested_by_lot" if arrangement.bands.untested == "lot" else "untested_after")


def _shares(arrangement: Arrangement) -> Iterator[Sentence]:
    if not arrangement.quotas:
        return
    if shares_remainder(arrangement):
        yield Sentence("looked_after_before_shares")
    for quota, places in zip(arrangement.quotas, quota_places(arrangement), strict=True):
        values: dict[str, object] = {"share": quota.code, **_whom(quota.who)}
        if quota.percent is None:
            yield Sentence("share_of_places", {**values, "places": places})
        elif quota.of == "remaining":
            yield Sentence(
                "share_of_remaining", {**values, "percent": quota.percent, "rounding": quota.rounding}
            )
        else:
            more = {"percent": quota.percent, "places": places, "rounding": quota.rounding}
            yield Sentence("share_of_percent", {**values, **more})
        for position, each in enumerate(quota.criteria, 1):
            yield Sentence("share_criterion", {"share": quota.code, **_criterion(position, each)})
        if quota.tie_break:
            yield Sentence("share_tie_break", {"share": quota.code, "order": quota.tie_break})
    yield Sentence("shares_unfilled")


def _whom(who: Who) -> dict[str, object]:
    return {"all_of": who.all_of, "any_of": who.any_of, "none_of": who.none_of}


def _criterion(position: int, each: Criterion) -> dict[str, object]:
    return {"position": position, "code": each.code, **_whom(each.who), "order": each.tie_break}


def _criteria(criteria: Sequence[Criterion]) -> Iterator[Sentence]:
    for position, each in enumerate(criteria, 1):
        code = "criterion"
        if each.who == EVERYONE:
            code = "criterion_everyone"
        elif set(each.who.any_of) == set(LOOKED_AFTER) and not (each.who.all_of or each.who.none_of):
            code = "criterion_looked_after"
        yield Sentence(code, _criterion(position, each))
        if each.tie_break:
            yield Sentence(
                "criterion_tie_break", {"position": position, "code": each.code, "order": each.tie_break}
            )


def _lot(arrangement: Arrangement) -> Iterator[Sentence]:
    orders: list[tuple[TieBreak, ...]] = [
        arrangement.tie_break,
        *(each.tie_break for each in arrangement.criteria),
    ]
    if any("lot" in order for order in orders):
        yield Sentence("lot", detail_table(arrangement, "lot"))


def _multiple_births(arrangement: Arrangement) -> Iterator[Sentence]:
    if arrangement.multiple_births == "lot":
        yield Sentence("multiple_births_lot")
        return
    yield Sentence("multiple_births_admit_all", {"number": arrangement.admission_number})
    if arrangement.infant:
        yield Sentence("multiple_births_excepted")


def _definitions(arrangement: Arrangement) -> Iterator[Sentence]:
    """What the words used above mean here, each once; what is not defined is left out (the Code check finds it)."""
    given = arrangement.details
    if "address_on" in given:
        yield Sentence("address_on", {"on": given["address_on"]})
    for key in _defined_by(arrangement):
        if key == "feeders":
            yield Sentence("define_feeders", {"feeders": given[key]})
        else:
            yield Sentence(f"define_{key}", detail_table(arrangement, key))
    names = detail_table(arrangement, "names")
    for fact in needed_facts(arrangement):
        if fact in names:
            yield Sentence("define_name", {"fact": fact, "name": names[fact]})


def _defined_by(arrangement: Arrangement) -> list[str]:
    facts = [fact_named(name) for name in needed_facts(arrangement)]
    keys = [fact.define for fact in facts if fact is not None and fact.define not in ("", "names")]
    orders = (arrangement.tie_break, *(each.tie_break for each in arrangement.criteria))
    keys += ["distance"] if any("distance" in order for order in orders) else []
    keys += ["test"] if arrangement.selection is not None else []
    keys += ["banding"] if arrangement.bands is not None else []
    return [key for key in dict.fromkeys(keys) if key in arrangement.details]
