"""The bytes of a file as neutral rows, by its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from throughline.formats.ctf import authority_place, read_ctf_pupils
from throughline.formats.mapped import mapping_from_data, read_mapped
from throughline.formats.pupils import PupilRow
from throughline.formats.reading import FileRefused, Finding, Reading
from throughline.formats.school_census import read_school_census

from ...documents.kept import holds_a_virus, whole
from ...organisations.queries import our_authority
from ..proposal_tables import Proposal

EXAMPLES = 5


def open_file(proposal: Proposal) -> Reading[PupilRow]:
    """Read the file.

    Raises:
        FileRefused: it is not what it claims to be, or holds a virus (``harmful``).
        ScannerAway: the virus scanner does not answer.
        DocumentDamaged: the bytes are no longer those that were kept.
    """
    if holds_a_virus(proposal.file):
        raise FileRefused("harmful")
    data = whole(proposal.file)
    if proposal.kind == Proposal.Kind.CENSUS:
        return read_school_census(data, proposal.file.name)
    if proposal.kind == Proposal.Kind.TRANSFER:
        ours = our_authority()
        return read_ctf_pupils(data, us=authority_place(ours.code) if ours else "")
    return read_mapped(data, mapping_from_data(proposal.layout.mapping if proposal.layout else None))


def grouped(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings by kind, with how many there are and a few of each; those about rows left out first, then the most."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        groups[one.severity, one.part, one.column, one.code].append(one)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] != "reject_row", -len(item[1]), item[0]))
    return [
        {
            "severity": severity,
            "part": part,
            "column": column,
            "code": code,
            "count": len(those),
            "examples": [_storable(asdict(one)) for one in those[:EXAMPLES]],
        }
        for (severity, part, column, code), those in ordered
    ]


def _storable(finding: dict[str, Any]) -> dict[str, Any]:
    """Texts as every database can hold them: cut to a length, without the NUL that PostgreSQL refuses."""
    kept = ("line", "value", "kept")
    return {
        name: finding[name][:120].replace("\x00", "") if isinstance(finding[name], str) else finding[name]
        for name in kept
    }
