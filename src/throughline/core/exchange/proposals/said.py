"""What a row says about a child, as plain data that can be kept and compared again when somebody has decided who it is.

Only what was sent is in it. What was sent blank is left out as well: neither asks for anything to be deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from throughline.formats.pupil_codes import pupil_codes
from throughline.formats.pupils import Contact, PupilRow
from throughline.rules.identifiers import Problem, Uln, Upn, parse_nhs_number, parse_uln, parse_upn
from throughline.rules.matching import Identity

Said = Mapping[str, Any]
SEN = {"K": "sen_support", "E": "ehc_plan"}
CARER = frozenset({"P", "S", "Y"})
# Codes that say nothing is known: no language to put on the record.
NO_LANGUAGE = frozenset({"REF", "NOT", "OTB", "ENB"})
TIES = {
    "PAM": "mother",
    "PAF": "father",
    "STP": "step_parent",
    "FOM": "foster_carer",
    "FOF": "foster_carer",
}
PHONES = ("M", "H")


def said_of(row: PupilRow, on: date) -> dict[str, Any]:
    """The row as data. ``on``: the day as of which the file speaks."""
    found: dict[str, Any] = {
        **_texts(row),
        **_numbers(row),
        "on_roll": row.on_roll,
        "year": row.year,
        "facts": _facts(row, on),
        "address": _address(row),
        "contacts": [_contact(one) for one in row.contacts or () if one.surname and one.forename],
    }
    for name in ("born", "entered", "left"):
        day = getattr(row, name)
        found[name] = day.isoformat() if day else None
    if row.school:
        found["school"] = f"{row.school.kind}:{row.school.value}"
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def identity_of(said: Said, *, with_nhs_number: bool = False) -> Identity:
    """Who the row says it is about, in the form that is compared."""
    former = (said.get("former_forename") or said.get("forename", ""), said.get("former_surname", ""))
    return Identity(
        forename=said.get("forename", ""),
        surname=said.get("surname", ""),
        born=date.fromisoformat(said["born"]) if said.get("born") else None,
        sex=said.get("sex", ""),
        middle_names=said.get("middle_names", ""),
        chosen_name=said.get("chosen_name", ""),
        former_names=(former,) if former[1] else (),
        postcode=said.get("address", {}).get("postcode", ""),
        upn=said.get("upn", ""),
        former_upns=(said["former_upn"],) if said.get("former_upn") else (),
        nhs_number=said.get("nhs", "") if with_nhs_number else "",
    )


def _texts(row: PupilRow) -> dict[str, Any]:
    return {
        "forename": _cut(row.forename, 100),
        "surname": _cut(row.surname, 100),
        "middle_names": _cut(row.middle_names, 150),
        "chosen_name": _cut(row.preferred_forename, 100),
        "former_forename": _cut(row.former_forename, 100),
        "former_surname": _cut(row.former_surname, 100),
        "sex": (row.sex or "").upper() if (row.sex or "").upper() in ("F", "M") else "",
        "leaving_reason": _cut(row.leaving_reason, 60),
        "status": (row.enrol_status or "").upper()
        if (row.enrol_status or "").upper() in tuple("CMSFO")
        else "",
        "language": _language(row.first_language),
    }


def _numbers(row: PupilRow) -> dict[str, Any]:
    """Sound ones only: with a wrong check character a number means nobody. It stays in the findings."""
    upn, uln = parse_upn(row.upn or ""), parse_uln(row.uln or "")
    nhs = parse_nhs_number(row.nhs_number or "")
    return {
        "upn": row.sound_upn,
        "temporary_upn": upn.value if isinstance(upn, Upn) and upn.temporary else "",
        "former_upn": row.sound_former_upn,
        "uln": uln.value if isinstance(uln, Uln) else "",
        "nhs": "" if isinstance(nhs, Problem) else nhs.value,
    }


def _facts(row: PupilRow, on: date) -> dict[str, str]:
    """Standing facts that the row says hold, each with the day since when, if it is given."""
    found: dict[str, str] = {}
    if fact := SEN.get((row.sen_provision or "").upper()):
        found[fact] = ""
    running = [
        one for one in row.free_meals or () if one.start and one.start <= on and (not one.end or one.end > on)
    ]
    if running:
        found["free_meals"] = min(one.start for one in running if one.start).isoformat()
    if (row.service_child or "").upper() == "Y":
        found["service_family"] = ""
    if (row.young_carer or "").upper() in CARER:
        found["young_carer"] = ""
    if row.in_care:
        found["looked_after"] = ""
    return found


def _address(row: PupilRow) -> dict[str, str]:
    address = row.address
    if address is None or not address.postcode or not address.as_lines:
        return {}
    town = address.town or address.post_town
    lines = [line for line in address.as_lines if line != town]
    return {
        "lines": ", ".join(lines)[:300],
        "town": town[:120],
        "postcode": address.postcode[:8],
        "uprn": address.uprn[:12],
    }


def _contact(one: Contact) -> dict[str, Any]:
    numbers = {phone.kind: phone.number for phone in one.phones}
    phone = next((numbers[kind] for kind in PHONES if kind in numbers), next(iter(numbers.values()), ""))
    return {
        "title": one.title[:20],
        "forename": one.forename[:100],
        "surname": one.surname[:100],
        "email": one.email[:254],
        "phone": phone[:30],
        "kind": TIES.get(one.relationship.upper(), "other"),
        "parental_responsibility": bool(one.responsibility),
        "lives_with_child": one.at_pupils_address,
    }


def _language(code: str | None) -> str:
    found = pupil_codes("language").get((code or "").upper())
    return found.name if found and found.code not in NO_LANGUAGE else ""


def _cut(text: str | None, longest: int) -> str:
    return " ".join((text or "").replace("\x00", "").split())[:longest]
