"""Links between establishments: who succeeded whom. Source: data standards section 1.3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from throughline.formats.cells import RowReader
from throughline.formats.code_lists import code_list
from throughline.formats.reading import Reading
from throughline.formats.table import Column, plain, read_table

_COLUMNS = (
    Column("urn", ("URN",), required=True),
    Column("linked_urn", ("LinkURN",), required=True),
    Column("linked_name", ("LinkName",)),
    Column("kind", ("LinkType",), required=True),
    Column("since", ("LinkEstablishedDate",)),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link, said from one end. Each should be there from both ends; nothing may rely on that.

    ``kind`` is a code of ``establishment_links.toml``, empty for a wording we do not know; ``direction`` says whether
    the linked establishment came ``later`` or ``earlier``, or stands ``beside`` this one.
    """

    urn: str
    linked_urn: str
    linked_name: str
    kind: str
    kind_name: str
    direction: str
    since: date | None


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    entries = code_list("establishment_links")["kinds"]
    return {plain(name): (entry["code"], entry["direction"]) for entry in entries for name in entry["names"]}


def read_gias_links(data: bytes) -> Reading[Link]:
    """Read the register's links file; raises ``FileRefused``."""
    reader = RowReader(read_table(data, _COLUMNS))
    rows: list[Link] = []
    for cells in reader:
        urn, linked, wording = cells.text("urn"), cells.text("linked_urn"), cells.text("kind")
        if not urn or not linked:
            cells.reject("linked_urn" if urn else "urn", "blank")
            continue
        if urn == linked:
            cells.reject("linked_urn", "linked_to_itself")
            continue
        kind, direction = _kinds().get(plain(wording), ("", "beside"))
        if not kind:
            cells.warn("kind", "unknown_link", kept=wording)
        rows.append(
            Link(urn, linked, cells.text("linked_name"), kind, wording, direction, cells.date("since"))
        )
    return reader.reading(rows)


def successors(links: Iterable[Link], urn: str) -> list[str]:
    """Every establishment that came after ``urn``, nearest first, however long the chain and whichever end said so.

    Follows links both ways round (a predecessor's link is a successor's, said from the other end) and visits each
    establishment once, so a loop in the register ends.
    """
    later: dict[str, list[str]] = {}
    for link in links:
        if link.direction == "later":
            later.setdefault(link.urn, []).append(link.linked_urn)
        elif link.direction == "earlier":
            later.setdefault(link.linked_urn, []).append(link.urn)
    found: dict[str, None] = {urn: None}
    waiting = [urn]
    for current in waiting:
        for after in later.get(current, ()):
            if after not in found:
                found[after] = None
                waiting.append(after)
    return waiting[1:]
