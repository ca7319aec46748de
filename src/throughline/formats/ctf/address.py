"""Addresses of a transfer file and of the neutral row."""

from __future__ import annotations

from throughline.formats.ctf.document import CtfAddress, CtfAddressLines, CtfNamedAddress
from throughline.formats.pupils import PostalAddress
from throughline.rules.identifiers import Problem, normalise_postcode, parse_uprn

_NAMED = ("saon", "paon", "street", "locality", "town", "administrative_area", "post_town")
_LINES = tuple(f"line_{at}" for at in range(1, 6))


def address_in(address: CtfAddress) -> PostalAddress:
    """An address as received; postcode and property number in their usual form where they have one."""
    named = address.named or CtfNamedAddress()
    lines = address.lines or CtfAddressLines()
    postcode, uprn = address.postcode or "", parse_uprn(named.uprn or "")
    return PostalAddress(
        **{name: getattr(named, name) or "" for name in _NAMED},
        lines=tuple(text for name in _LINES if (text := getattr(lines, name))),
        county=address.county or "",
        postcode=normalise_postcode(postcode) or postcode,
        country=address.country or "",
        uprn=(named.uprn or "") if isinstance(uprn, Problem) else uprn.value,
        easting=address.easting or "",
        northing=address.northing or "",
    )


def address_out(address: PostalAddress) -> CtfAddress:
    """An address to send: its named parts if it has a house or a street, which is where the property number can stand;
    else its lines, a sixth and later sharing the fifth."""
    lines = (
        [*address.lines[:4], ", ".join(address.lines[4:])] if len(address.lines) > 5 else list(address.lines)
    )
    by_lines = bool(lines) and not (address.paon or address.street)
    named = CtfNamedAddress(
        **{name: getattr(address, name) or None for name in _NAMED}, uprn=address.uprn or None
    )
    return CtfAddress(
        named=None if by_lines else named,
        lines=CtfAddressLines(**dict(zip(_LINES, lines, strict=False))) if by_lines else None,
        county=address.county or None,
        postcode=address.postcode or None,
        country=address.country or None,
        easting=address.easting or None,
        northing=address.northing or None,
    )
