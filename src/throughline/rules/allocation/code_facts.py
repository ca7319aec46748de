"""May these arrangements use these facts, for this kind of school?

Source: section 1.4 (catalogue and prohibitions), ADM-06, ADM-24 to ADM-31 of the project's rule book.
"""

from __future__ import annotations

from collections.abc import Iterator

from throughline.rules.allocation.arrangement import Arrangement, Quota, Who
from throughline.rules.allocation.code_rules import Breach, code_rules
from throughline.rules.allocation.details import detail_list, detail_table
from throughline.rules.allocation.facts import base_name, fact_named, fact_uses, in_group, nearest_fact
from throughline.rules.allocation.rounding import quota_places


def fact_breaches(arrangement: Arrangement) -> Iterator[Breach]:
    """Forbidden and unknown facts, and facts that this kind of school may not use."""
    for where, name in fact_uses(arrangement):
        if fact_named(name) is None:
            yield _not_in_vocabulary(where, name)
        elif not arrangement.designated_faith and (in_group(name, "faith") or in_group(name, "other_faith")):
            yield Breach("faith_not_designated", where, {"fact": name})
    yield from _nursery(arrangement)
    yield from _asks(arrangement)
    yield from _selection(arrangement)
    yield from _scores(arrangement)
    yield from _aptitude(arrangement)
    yield from _free_school(arrangement)


def _not_in_vocabulary(where: str, name: str) -> Breach:
    """A forbidden fact by its name, or by a word in its name; else unknown, with the nearest spelling."""
    rules = code_rules().values()
    base = base_name(name)
    for rule in rules:
        if base in rule.facts:
            return Breach(rule.id, where, {"fact": name})
    for rule in rules:
        if any(f"_{word}_" in f"_{base}_" for word in rule.words):
            return Breach(rule.id, where, {"fact": name})
    return Breach("unknown_fact", where, {"fact": name, "near": nearest_fact(name)})


def _nursery(arrangement: Arrangement) -> Iterator[Breach]:
    """The nursery's children may come first only when a premium is asked for as well."""
    for index, each in enumerate(arrangement.criteria):
        wanted = (*each.who.all_of, *each.who.any_of)
        if "nursery" in wanted and not _with_premium(each.who):
            yield Breach("nursery_without_premium", f"criteria[{index}].who", {"code": each.code})


def _with_premium(who: Who) -> bool:
    any_premium = bool(who.any_of) and all(in_group(name, "premium") for name in who.any_of)
    return any_premium or any(in_group(name, "premium") for name in who.all_of)


def _asks(arrangement: Arrangement) -> Iterator[Breach]:
    """What ``details["asks_for"]`` says forms and visits ask of a family."""
    used = {base_name(name) for _, name in fact_uses(arrangement)}
    for index, asked in enumerate(detail_list(arrangement, "asks_for")):
        for rule in code_rules().values():
            excepted = (rule.id == "interview" and used & {"boarding", "aptitude"}) or (
                rule.id == "photograph" and arrangement.selection is not None
            )
            if asked in rule.asks and not excepted:
                yield Breach(rule.id, f"details.asks_for[{index}]", {"asked": str(asked)})


def _selection(arrangement: Arrangement) -> Iterator[Breach]:
    chosen = arrangement.selection
    if chosen is None:
        if arrangement.grammar:
            yield Breach("grammar_without_selection", "selection")
        return
    if not arrangement.grammar:
        yield Breach("new_selection", "selection", {"kind": chosen.kind})
    if chosen.kind == "pass_mark" and chosen.mark <= 0:
        yield Breach("pass_mark_missing", "selection.mark", {"mark": chosen.mark})
    if chosen.kind == "top_score":
        yield from _top_score(arrangement)


def _top_score(arrangement: Arrangement) -> Iterator[Breach]:
    for where, name in fact_uses(arrangement):
        if base_name(name) == "sibling":
            yield Breach("sibling_top_score", where, {"fact": name})
    orders = [each.tie_break or arrangement.tie_break for each in arrangement.criteria]
    if any(order[:1] != ("score",) for order in orders):
        yield Breach("top_score_first", "tie_break", {"tie_break": arrangement.tie_break})


def _by_ability(quota: Quota, name: str) -> bool:
    return name in quota.who.all_of


def _scores(arrangement: Arrangement) -> Iterator[Breach]:
    """Score as a tie-break, and ability as a fact, outside the places where they are lawful."""
    if arrangement.bands is not None and (
        arrangement.selection or arrangement.grammar or _main_score(arrangement)
    ):
        yield Breach("bands_with_selection", "bands")
    elif _main_score(arrangement) and not (arrangement.grammar and arrangement.selection):
        yield Breach("score_without_selection", "tie_break", {"tie_break": arrangement.tie_break})
    for index, quota in enumerate(arrangement.quotas):
        scored = "score" in quota.tie_break or any("score" in each.tie_break for each in quota.criteria)
        lawful = arrangement.grammar or _by_ability(quota, "aptitude") or _by_ability(quota, "ability")
        if scored and not lawful:
            yield Breach("score_without_selection", f"quotas[{index}]", {"code": quota.code})
    for index, each in enumerate(arrangement.criteria):
        if "ability" in (*each.who.all_of, *each.who.any_of):
            yield Breach("ability_historic", f"criteria[{index}].who", {"fact": "ability"})


def _main_score(arrangement: Arrangement) -> bool:
    return "score" in arrangement.tie_break or any("score" in each.tie_break for each in arrangement.criteria)


def _aptitude(arrangement: Arrangement) -> Iterator[Breach]:
    for index, each in enumerate(arrangement.criteria):
        if "aptitude" in (*each.who.all_of, *each.who.any_of):
            yield Breach("aptitude_outside_share", f"criteria[{index}].who", {"code": each.code})
    shares = [
        i
        for i, quota in enumerate(arrangement.quotas)
        if "aptitude" in (*quota.who.all_of, *quota.who.any_of)
    ]
    places = sum(quota_places(arrangement)[index] for index in shares)
    most = max(0, arrangement.admission_number) // 10
    if places > most:
        where = f"quotas[{shares[0]}]"
        values = {"places": places, "most": most, "admission_number": arrangement.admission_number}
        yield Breach("aptitude_over_tenth", where, values)
    used = any(base_name(name) == "aptitude" for _, name in fact_uses(arrangement))
    yield from _subjects(arrangement) if used else ()


def _subjects(arrangement: Arrangement) -> Iterator[Breach]:
    rule = code_rules()["aptitude_subject"]
    table = detail_table(arrangement, "aptitude")
    since = table.get("since")
    old = isinstance(since, int) and since < 2008
    lawful = (*rule.subjects, *(rule.subjects_before_2008 if old else ()))
    listed = table.get("subjects", [])
    for index, subject in enumerate(listed if isinstance(listed, list) else [listed]):
        if subject not in lawful:
            yield Breach("aptitude_subject", f"details.aptitude.subjects[{index}]", {"subject": str(subject)})


def _free_school(arrangement: Arrangement) -> Iterator[Breach]:
    """A new free school of a faith: half at most, and only as a share (ADM-25)."""
    if not arrangement.designated_faith or arrangement.details.get("free_school") is not True:
        return
    for index, each in enumerate(arrangement.criteria):
        if any(in_group(name, "faith") for name in (*each.who.all_of, *each.who.any_of)):
            yield Breach("faith_free_school_half", f"criteria[{index}].who", {"code": each.code})
    places = quota_places(arrangement)
    wanted = [
        i
        for i, q in enumerate(arrangement.quotas)
        if any(in_group(n, "faith") for n in (*q.who.all_of, *q.who.any_of))
    ]
    given, most = sum(places[index] for index in wanted), max(0, arrangement.admission_number) // 2
    if given > most:
        yield Breach("faith_free_school_half", f"quotas[{wanted[0]}]", {"places": given, "most": most})
