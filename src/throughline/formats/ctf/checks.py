"""What does not add up in a transfer file whose elements are all readable. Source: data standards section 3.5."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import pairwise

from throughline.formats.ctf.document import CtfFile, CtfPupil
from throughline.formats.reading import Finding
from throughline.rules.year_groups import parse_year_group, year_for_age

_YEARS_APART = 2


def check_ctf(
    file: CtfFile, *, us: str = "", known_schools: Container[str] | None = None
) -> tuple[Finding, ...]:
    """What does not add up; every finding is a warning.

    Codes: ``not_for_us``, ``unknown_sender``, ``same_upn`` (kept: the earlier pupil's number), ``unusual_year_group``,
    ``sessions_do_not_add_up``, ``spells_overlap``, ``left_before_entry``, ``two_main_needs``, ``no_care_authority``.

    Args:
        file: what was read. A pupil without a number of its own goes by its place among the others.
        us: the seven characters we receive under, such as ``820LLLL``; empty leaves the check out.
        known_schools: seven digits of every school there is or was; none leaves the check out.
    """
    found = [*_about_file(file, us, known_schools)]
    first: dict[str, int] = {}
    for place, pupil in enumerate(file.pupils, start=1):
        number = pupil.number or place
        upn = (pupil.upn or "").upper()
        if upn and first.setdefault(upn, number) != number:
            found.append(Finding("warn", number, "UPN", "same_upn", upn, str(first[upn])))
        found += _about_pupil(file, pupil, number)
    return tuple(found)


def _about_file(file: CtfFile, us: str, known_schools: Container[str] | None) -> Iterator[Finding]:
    source, destination = file.header.source, file.header.destination
    if us and destination and destination.number not in ("", us):
        yield Finding("warn", 0, "DestSchool", "not_for_us", destination.number)
    is_school = source is not None and source.number.isdigit()
    if known_schools is not None and is_school and source is not None and source.number not in known_schools:
        yield Finding("warn", 0, "SourceSchool", "unknown_sender", source.number)


def _about_pupil(file: CtfFile, pupil: CtfPupil, number: int) -> Iterator[Finding]:
    def warn(path: str, code: str, value: str = "") -> Finding:
        return Finding("warn", number, path, code, value)

    year = parse_year_group(pupil.basic.year_group or "") if pupil.basic else None
    if year is not None and pupil.born and file.header.made_at:
        expected = year_for_age(pupil.born, file.header.made_at.date())
        if abs(year - expected) > _YEARS_APART:
            yield warn("BasicDetails/NCyearActual", "unusual_year_group", str(year))
    for spell in pupil.attendance or ():
        parts = [spell.attended, spell.authorised, spell.unauthorised]
        counted = [part for part in parts if part is not None]
        if spell.possible is not None and len(counted) == 3 and sum(counted) != spell.possible:
            yield warn("Attendance/YearData", "sessions_do_not_add_up", spell.year or "")
    for period in pupil.sen or ():
        if sum(need.rank == 1 for need in period.needs or ()) > 1:
            yield warn("SENhistory/SEN/SENneeds", "two_main_needs")
    if pupil.looked_after and pupil.looked_after.in_care and not pupil.looked_after.authority:
        yield warn("LookedAfter/CareAuthority", "no_care_authority")
    yield from (warn("SchoolHistory/School", *odd) for odd in _spells(pupil))


def _spells(pupil: CtfPupil) -> Iterator[tuple[str, str]]:
    """Spells of one school after another; a child may lawfully be registered at two, so this too only warns."""
    dated = sorted(
        (spell.entered, spell.left) for spell in pupil.schools or () if spell.entered and spell.left
    )
    for entered, left in dated:
        if left < entered:
            yield "left_before_entry", left.isoformat()
    for (_, left), (entered, _) in pairwise(dated):
        if entered < left:
            yield "spells_overlap", entered.isoformat()
