"""What is worth a warning in a row of the register, although the row is kept. Source: data standards section 1.4."""

from __future__ import annotations

from datetime import date

from throughline.formats.authorities import authorities
from throughline.formats.cells import Cells
from throughline.formats.establishment import Establishment
from throughline.rules.identifiers import Problem, parse_urn


def check(cells: Cells, row: Establishment, today: date | None) -> None:
    """Warn about an odd URN, an unknown authority, dates and ages in the wrong order, and a status they contradict."""
    if isinstance(parse_urn(row.urn), Problem):
        cells.warn("urn", "wrong_shape", kept=row.urn)
    if row.authority and row.authority not in authorities():
        cells.warn("authority", "unknown_authority", kept=row.authority)
    _check_dates(cells, row, today)
    if row.low_age is not None and row.high_age is not None and row.low_age > row.high_age:
        cells.warn("low_age", "ages_reversed", kept=str(row.low_age))
    if row.pupils is not None and row.capacity and row.pupils > row.capacity:
        cells.warn("pupils", "more_pupils_than_places", kept=str(row.pupils))


def _check_dates(cells: Cells, row: Establishment, today: date | None) -> None:
    if row.opened and row.closed and row.closed < row.opened:
        cells.warn("closed", "closed_before_opened", kept=row.closed.isoformat())
    if today and row.is_open and row.opened and row.opened > today:
        cells.warn("opened", "open_in_the_future", kept=row.opened.isoformat())
    if today and row.status == "open" and row.closed and row.closed < today:
        cells.warn("closed", "open_after_closing", kept=row.closed.isoformat())
