"""Lists of local authority codes in the three layouts they are published in, and their union.

Source: data standards section 1.6. Old codes live on in UPNs and histories for ever, so lists are united, never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from throughline.formats.authorities import Authority, authorities
from throughline.formats.cells import RowReader
from throughline.formats.reading import Reading
from throughline.formats.table import Column, read_table
from throughline.rules.identifiers import Problem, parse_la_code

_COLUMNS = (
    Column("code", ("old_la_code", "LA (code)", "LA code", "code"), required=True),
    Column("name", ("la_name", "LA (name)", "Local Authority", "name"), required=True),
    Column("ons", ("new_la_code", "GSSLACode")),
    Column("region", ("region_name",)),
)
_FORMER = re.compile(r"Pre LGR \(([0-9]{4})\)\s*(.+)")


@dataclass(frozen=True, slots=True)
class ListedAuthority:
    """One line of a list. ``ended`` is the year in which the list says the authority was reorganised away."""

    code: str
    name: str
    ons: str
    region: str
    ended: int | None


def read_la_codes(data: bytes) -> Reading[ListedAuthority]:
    """Read a list of authorities: the department's CSV layouts or the register's tab-separated one.

    Raises:
        FileRefused: not such a file.
    """
    reader = RowReader(read_table(data, _COLUMNS))
    rows: list[ListedAuthority] = []
    seen: set[str] = set()
    for cells in reader:
        code = parse_la_code(cells.text("code"))
        if isinstance(code, Problem):
            cells.reject("code", code.code)
        elif code in seen:
            cells.reject("code", "repeated")
        else:
            seen.add(code)
            name, ended = _former(cells.text("name"))
            rows.append(ListedAuthority(code, name, cells.text("ons"), cells.text("region"), ended))
    return reader.reading(rows)


def _former(name: str) -> tuple[str, int | None]:
    found = _FORMER.fullmatch(name)
    return (found[2], int(found[1])) if found else (name, None)


def unite(lists: Iterable[Iterable[ListedAuthority]]) -> dict[str, Authority]:
    """The authorities we carry and every one the lists add or say anew, by code.

    Args:
        lists: oldest first; a later list's name and nine-character code win, and the code it replaces is kept.

    Returns:
        every authority. One the lists call former without our knowing ends on 31 March of that year.
    """
    united = dict(authorities())
    for listed in (line for one in lists for line in one):
        known = united.get(listed.code)
        if known is None:
            nation = "Wales" if "660" <= listed.code <= "681" else "England"
            known = Authority(listed.code, listed.name, nation)
        if listed.ended and known.until is None:
            known = replace(known, until=date(listed.ended, 3, 31))
        if listed.ons and listed.ons not in (known.ons, known.ons_before):
            known = replace(known, ons=listed.ons, ons_before=known.ons or known.ons_before)
        united[listed.code] = replace(
            known, name=listed.name or known.name, region=listed.region or known.region
        )
    return united
