"""One invented family to write to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.core.access.models import User
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.people.models import Address, Adult, Child, ContactLimit, Residence, Tie

OFFICER = Trusted("Priya Nair")


@dataclass
class Family:
    """A child, a parent who signs in, how they are tied, and where they live."""

    child: Child
    adult: Adult
    user: User
    tie: Tie
    home: Address
    residence: Residence

    def limit(self, keeps_back: str, **dates: Any) -> None:
        """Contact between the two is limited."""
        with change("contact limited in a test", by=OFFICER):
            ContactLimit.objects.create(
                tie=self.tie, child=self.child, kind="other", keeps_back=keeps_back, **dates
            )

    def now(self, row: Any, **values: Any) -> None:
        """Something about the family changes."""
        with change("family changed in a test", by=OFFICER):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()


def make_family(**home: Any) -> Family:
    with change("family made in a test", by=OFFICER):
        user = User.objects.create(email="amina@example.org", name="Amina Quillfeather", portal="family")
        adult = Adult.objects.create(
            user=user,
            title="Ms",
            forename="Amina",
            surname="Quillfeather",
            email=user.email,
            phone="07700 900123",
        )
        child = Child.objects.create(
            reference="C1",
            forename="Zebedee",
            chosen_name="Zeb",
            middle_names="Orlando",
            surname="Quillfeather",
            born=date(2021, 2, 3),
            upn="A123456789012",
        )
        tie = Tie.objects.create(child=child, adult=adult, kind="mother", since=date(2021, 2, 3))
        values = {"lines": "7 Wren Lane", "town": "Mereford", "postcode": "ME1 1AA", **home}
        address = Address.objects.create(**values)
        residence = Residence.objects.create(child=child, address=address, since=date(2021, 2, 3))
    return Family(child, adult, user, tie, address, residence)
