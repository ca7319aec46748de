"""Do the arrangements define every word they use?

Source: section 1.4 (sibling, catchment, feeder, social or medical, distance, staff), ADM-07, ADM-21, ADM-22, ADM-24,
ADM-28, ADM-29, ADM-30 of the project's rule book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.code_rules import Breach, CodeRule, code_rules
from throughline.rules.allocation.details import detail_list, detail_table, is_given
from throughline.rules.allocation.facts import fact_named, fact_uses


def definition_breaches(arrangement: Arrangement) -> Iterator[Breach]:
    """Definitions that are missing or unlawful. Values: ``define``, the key in details, and ``missing``."""
    by_key = {rule.define: rule for rule in code_rules().values() if rule.define}
    for key in _keys_used(arrangement):
        if key == "feeders":
            yield from _feeders(arrangement, by_key[key])
        elif key == "names":
            yield from _names(arrangement, by_key[key])
        else:
            missing = _missing(arrangement, by_key[key])
            if missing:
                yield Breach(by_key[key].id, f"details.{key}", {"define": key, "missing": missing})
    years = detail_table(arrangement, "staff").get("years")
    if isinstance(years, int) and years < code_rules()["staff_two_years"].least:
        yield Breach("staff_two_years", "details.staff.years", {"years": years})


def _keys_used(arrangement: Arrangement) -> list[str]:
    """Keys of ``details`` that these arrangements must define, once each, in the order they come up."""
    keys = ["address_on"]
    for _, name in fact_uses(arrangement):
        fact = fact_named(name)
        if fact is not None and fact.define:
            keys.append("names" if ":" in name else fact.define)
    orders = [arrangement.tie_break, *(each.tie_break for each in arrangement.criteria)]
    orders += [quota.tie_break for quota in arrangement.quotas]
    orders += [each.tie_break for quota in arrangement.quotas for each in quota.criteria]
    keys += [order for order in ("distance", "lot") if any(order in used for used in orders)]
    keys += ["test"] if arrangement.selection is not None else []
    keys += ["banding"] if arrangement.bands is not None else []
    return list(dict.fromkeys(keys))


def _missing(arrangement: Arrangement, rule: CodeRule) -> tuple[str, ...]:
    if not rule.needs:
        return () if is_given(arrangement.details.get(rule.define)) else (rule.define,)
    table = detail_table(arrangement, rule.define)
    return tuple(need for need in rule.needs if not is_given(table.get(need)))


def _feeders(arrangement: Arrangement, rule: CodeRule) -> Iterator[Breach]:
    listed = detail_list(arrangement, "feeders")
    if not listed:
        yield Breach(rule.id, "details.feeders", {"define": "feeders", "missing": ("name",)})
    for index, each in enumerate(listed):
        where = f"details.feeders[{index}]"
        table = each if isinstance(each, Mapping) else {"name": each}
        if not is_given(table.get("name")):
            yield Breach(rule.id, where, {"define": "feeders", "missing": ("name",)})
        if table.get("fee_paying") is True:
            yield Breach("feeder_fee_paying", where, {"name": str(table.get("name", ""))})


def _names(arrangement: Arrangement, rule: CodeRule) -> Iterator[Breach]:
    """Every qualified fact, and every unqualified one that is only ever a name, has its name in words."""
    names = detail_table(arrangement, "names")
    told: set[str] = set()
    for where, name in fact_uses(arrangement):
        fact = fact_named(name)
        wanted = fact is not None and (":" in name or fact.define == "names")
        if wanted and name not in told and not is_given(names.get(name)):
            told.add(name)
            yield Breach(rule.id, where, {"fact": name})
