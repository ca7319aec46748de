"""The demonstration's records that need keeping right: second records of two children, a sister nobody has linked yet, an
address kept from others, and an adopted child's sealed earlier identity. Everybody is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from throughline.core.audit.actor import Trusted
from throughline.core.audit.once import once
from throughline.core.people.actions import AddressDetails, ChildDetails, add_child
from throughline.core.people.addresses import restrict_address
from throughline.core.people.families import Standing, add_adult
from throughline.core.people.merging.jobs import list_look_alikes
from throughline.core.people.names import seal_earlier_identity
from throughline.core.people.queries import addresses_of

KEEPER = Trusted("Records officer (demonstration)")
# Old enough that no round for a school place is open to them: a second record must not apply.
YEARS = range(8, 11)
TWICE, SISTERS = 2, 2


def run(town: Any, report: Callable[..., None]) -> Mapping[str, int]:
    """Run again, it adds nothing twice."""
    report(_("Records to keep right"))
    families = [
        (family, child)
        for family, child in town.children()
        if child.year_group in YEARS and child.fostered < 0 and family.adults and not family.restricted
    ]
    families = families[: TWICE + SISTERS + 2]
    acts = [
        *(_second_record for _each in range(TWICE)),
        *(_sister for _each in range(SISTERS)),
        _kept_back,
        _sealed,
    ]
    for act, (family, child) in zip(acts, families, strict=False):

        def done(act: Any = act, family: Any = family, child: Any = child) -> str:
            act(town, family, child)
            return "done"

        once(f"demonstration of keeping records right:{act.__name__}:{child.key}", by=KEEPER, act=done)
    return {"pairs that may be one child": list_look_alikes()}


def _second_record(_town: Any, family: Any, child: Any) -> None:
    """What another office wrote down: a slip in the forename, no number, the same mother and house."""
    forename = child.forename[:-2] + child.forename[-1] if len(child.forename) > 4 else child.forename + "e"
    _add(family, ChildDetails(forename, child.surname, child.born, sex=child.sex))


def _sister(_town: Any, family: Any, child: Any) -> None:
    """A child of the same parent, whom nobody has said to be a sister yet."""
    born = child.born.replace(year=child.born.year - 2, day=min(child.born.day, 28))
    _add(family, ChildDetails("Marged", child.surname, born, sex="F"))


def _add(family: Any, details: ChildDetails) -> None:
    home = AddressDetails(
        lines=family.home.lines,
        town="Wendmere",
        postcode=family.home.postcode,
        uprn=family.uprn,
        easting=family.home.point[0],
        northing=family.home.point[1],
        precision="property",
        point_source="Wendmere land and property gazetteer",
    )
    made = add_child(by=KEEPER, details=details, address=home)
    add_adult(by=KEEPER, child_id=made.pk, adult=family.adults[0].key, standing=Standing("parent"))


def _kept_back(town: Any, _family: Any, child: Any) -> None:
    home = addresses_of([child.key], town.today).get(child.key)
    if home is not None:
        reason = _("The police asked for it after a report (invented)")
        restrict_address(by=KEEPER, address_id=home.address_id, because="domestic_abuse", reason=reason)


def _sealed(_town: Any, _family: Any, child: Any) -> None:
    earlier = add_child(by=KEEPER, details=ChildDetails("Rowan", "Hallow", child.born, sex=child.sex))
    reason = _("Adoption order of the family court (invented)")
    seal_earlier_identity(by=KEEPER, child_id=child.key, earlier_id=earlier.pk, reason=reason)
