"""Files of applications as a neighbour or a portal might send them."""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS = (
    *("surname", "forename", "date_of_birth", "sex", "upn", "address1", "postcode", "easting", "northing"),
    *(
        "parent_name",
        "parent_email",
        "received_at",
        "facts",
        "preference_1",
        "preference_1_facts",
        "preference_2",
    ),
)
MIA: Mapping[str, str] = {
    "surname": "Bevan",
    "forename": "Mia",
    "date_of_birth": "2016-01-15",
    "sex": "F",
    "address1": "1 Invented Road",
    "postcode": "AB1 2DE",
    "easting": "400500",
    "northing": "300000",
    "parent_name": "Rhian Bevan",
    "parent_email": "rhian@example.org",
    "received_at": "2026-10-01 10:30",
    "preference_1": "100001",
}
NOAH = {
    **MIA,
    "forename": "Noah",
    "surname": "Price",
    "parent_name": "Dai Price",
    "parent_email": "dai@example.org",
}


def file_of(*rows: Mapping[str, str], headings: tuple[str, ...] = HEADINGS, encoding: str = "utf-8") -> bytes:
    """A CSV file of these rows."""
    lines = [",".join(headings), *(",".join(row.get(name, "") for name in headings) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
