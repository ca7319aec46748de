"""What changes the record of children and families."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.models import User
from ..access.viewer import Refused, Viewer, require
from ..audit.actor import Actor
from ..audit.change import change
from ..organisations.models import School
from ..timeline.actions import tell
from .addresses import why_still_kept
from .limits import free_ties
from .models import Address, Adult, Child, Fact, Residence, Tie
from .references import new_reference
from .search.index import refresh
from .telling import fact_began, fact_ended, moved_home


class AlreadyThere(ValueError):
    """What was to be added is already on the record. The message says so in words and nothing was changed."""


@dataclass(frozen=True)
class ChildDetails:
    """What is asked about a child when they are added."""

    forename: str
    surname: str
    born: date
    sex: str = Child.Sex.NOT_KNOWN
    middle_names: str = ""
    chosen_name: str = ""
    upn: str = ""


@dataclass(frozen=True)
class AddressDetails:
    """An address and, where it is known, its point on the National Grid."""

    lines: str
    town: str
    postcode: str
    uprn: str = ""
    easting: int | None = None
    northing: int | None = None
    precision: str = Address.Precision.UNKNOWN
    point_source: str = ""


def adult_for(viewer: Viewer) -> Adult | None:
    """The adult on the record who is this signed-in person, if there is one."""
    return Adult.objects.filter(user_id=viewer.user_id).first()


def say_who_i_am(*, by: Viewer, forename: str, surname: str, phone: str = "") -> Adult:
    """A parent or carer gives their own name: the first step, once."""
    require(by, "people.own_children")
    user = User.objects.get(pk=by.user_id)
    with change("parent or carer said who they are", by=by):
        adult = Adult.objects.filter(user=user).first() or Adult(user=user, email=user.email)
        adult.forename, adult.surname, adult.phone = forename.strip(), surname.strip(), phone.strip()
        adult.save()
        user.name = f"{adult.forename} {adult.surname}"
        user.save(update_fields=["name"])
    return adult


def add_own_child(
    *,
    by: Viewer,
    details: ChildDetails,
    kind: str,
    has_responsibility: bool,
    address: AddressDetails,
    since: date | None = None,
) -> Child:
    """A parent or carer adds a child of theirs.

    The tie is marked as claimed until an officer has seen evidence. Adding the same child twice is refused in words;
    a child whom somebody else has added is never disclosed.
    """
    require(by, "people.own_children")
    adult = adult_for(by)
    if adult is None:
        raise Refused("Say who you are first.")
    same = Child.objects.filter(
        ties__adult=adult,
        forename__iexact=details.forename.strip(),
        surname__iexact=details.surname.strip(),
        born=details.born,
    )
    if same.exists():
        raise AlreadyThere(
            _("You have already added %(name)s. Nothing was changed. Go to your children to continue.")
            % {"name": details.forename.strip()}
        )
    with change("child added by a parent or carer", by=by):
        child = _new_child(details)
        Tie.objects.create(
            child=child,
            adult=adult,
            kind=kind,
            parental_responsibility=has_responsibility,
            claimed=True,
            since=timezone.localdate(),
        )
        _live_at(by, child, address, since or timezone.localdate())
    return child


def add_child(*, by: Actor, details: ChildDetails, address: AddressDetails | None = None) -> Child:
    """An officer, or an import, adds a child."""
    require(by, "people.edit")
    with change("child added", by=by):
        child = _new_child(details)
        if address is not None:
            _live_at(by, child, address, timezone.localdate())
    return child


def change_own_address(*, by: Viewer, child: Child, address: AddressDetails, since: date) -> Address:
    """A parent who lives with the child says where the child lives now. Evidence follows; the old address is kept."""
    require(by, "people.own_children")
    mine = free_ties(by.on, child=child, adult__user_id=by.user_id, lives_with_child=True)
    if not mine.exists():
        raise Refused("This child does not live with the person asking.")
    with change("address given by a parent or carer", by=by):
        return _live_at(by, child, address, since)


def record_fact(
    *,
    by: Actor,
    child: Child,
    kind: str,
    source: str,
    evidence: str = "",
    school: School | None = None,
    since: date | None = None,
) -> Fact:
    """Put a standing fact on the record, or return the one that stands already."""
    require(by, "people.edit")
    standing = Fact.objects.filter(child=child, kind=kind, school=school, until__isnull=True).first()
    if standing:
        return standing
    with change("fact recorded", by=by):
        fact: Fact = Fact.objects.create(
            child=child, kind=kind, source=source, evidence=evidence, school=school, since=since
        )
        tell(by=by, lines=fact_began(fact))
        return fact


def end_fact(*, by: Actor, fact: Fact, on: date) -> None:
    """Say that a fact no longer holds. It stays on the record."""
    require(by, "people.edit")
    with change("fact ended", by=by):
        fact.until = on
        fact.save(update_fields=["until"])
        tell(by=by, lines=fact_ended(fact))


def _new_child(details: ChildDetails) -> Child:
    child = Child.objects.create(
        reference=new_reference("C"),
        forename=details.forename.strip(),
        middle_names=details.middle_names.strip(),
        surname=details.surname.strip(),
        chosen_name=details.chosen_name.strip(),
        born=details.born,
        sex=details.sex,
        upn=details.upn,
    )
    refresh([child.pk])
    return child


def _live_at(by: Actor, child: Child, address: AddressDetails, since: date) -> Address:
    before = Residence.objects.filter(child=child, until__isnull=True)
    homes = before.select_related("address")
    because = why_still_kept(homes, address.lines, address.postcode, address.uprn)
    moved = before.filter(since__lte=since).update(until=since)
    # Where somebody says that a child came before the home on the record began, that home was never lived in.
    moved += before.update(until=F("since"))
    kept: Address = Address.objects.create(
        **vars(address), restricted=bool(because), restricted_because=because
    )
    row = Residence.objects.create(child=child, address=kept, since=since)
    if moved:
        tell(by=by, lines=[moved_home(row, restricted=kept.restricted)])
    return kept
