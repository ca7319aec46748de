"""Sign-ins to try the demonstration with: one member of staff for each role, and parents of every sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.core.access.actions import create_user, give_role
from throughline.core.access.queries import account_by_email
from throughline.core.audit.actor import Actor
from throughline.core.audit.once import once
from throughline.core.people.bulk import link_account
from throughline.core.registry.assembly import installed
from throughline.web.portals.demonstration import StaffAccount, make_demonstration_accounts

from .around import busy_school, make_around
from .families import Child, Family
from .households import Grown
from .justice import to_be_joined, to_be_joined_words, work_with_justice
from .town import Town

DOMAIN = "wendmere.example"
# Enough people for two of each role that decides together with another.
STAFF = (
    "Bronwen Achebe", "Tomasz Fairweather", "Ngozi Whitlock", "Harriet Osei", "Imran Pickering", "Delyth Stott",
    "Callum Bramley", "Farah Thorpe", "Oliver Sandhu", "Marta Hobbs", "Winston Lambert", "Siobhán Marsh",
    "Rosalind Keogh", "Emeka Thorne", "Lowri Sefton", "Vikram Ashby",
)  # fmt: skip
PAIRED = ("admissions_officer",)

Wanted = Callable[[Family, Child], bool]


@dataclass(frozen=True)
class SignIn:
    """Somebody to sign in as, and what is worth looking at through their eyes."""

    name: str
    email: str
    what: str


def make_accounts(town: Town, by: Actor) -> list[SignIn]:
    """Every account that is not there yet. Outside the demonstration none is made, since their passwords are known."""
    if not settings.DEMONSTRATION:
        return []
    roles = installed().roles
    make_demonstration_accounts(staff())
    people = [SignIn(one.name, one.email, str(roles[one.role].label)) for one in staff()]
    people += [SignIn(name, email, what) for name, email, what in make_around(town, by)]
    _work_with_justice(town, by)
    return [*people, *_parents(town, by)]


def staff() -> list[StaffAccount]:
    """One person for each staff role, two where one person's decision needs another's."""
    roles = [code for code, role in installed().roles.items() if role.portal == "staff"]
    wanted = [role for role in roles for _ in range(2 if role in PAIRED else 1)]
    return [
        StaffAccount(f"{name.split()[0].casefold().replace('á', 'a')}@{DOMAIN}", name, role)
        for name, role in zip(STAFF, wanted, strict=False)
    ]


def _parents(town: Town, by: Actor) -> Iterator[SignIn]:
    for adult, what in sample_parents(town):
        user = account_by_email(adult.email)
        if user is None:
            user = create_user(
                by=by, email=adult.email, name=f"{adult.forename} {adult.surname}", portal="family"
            )
        give_role(by=by, user=user, role="parent")
        link_account(by=by, adult_id=adult.key, user_id=user.pk)
        yield SignIn(user.name, user.email, what)


def sample_parents(town: Town) -> list[tuple[Grown, str]]:
    """A parent for each situation worth looking at, no parent twice."""
    found: dict[str, tuple[Grown, str]] = {}
    for wanted, what in SITUATIONS:
        adult = next(
            (
                family.adults[0]
                for family, child in town.children()
                if _may_try(family, child) and family.adults[0].email not in found and wanted(family, child)
            ),
            None,
        )
        if adult is not None:
            found[adult.email] = (adult, str(what))
    others = [
        *_limited_parent(town),
        *((adult, to_be_joined_words(child)) for adult, child in _to_join(town)),
    ]
    return [*found.values(), *(one for one in others if one[0].email not in found)]


def _to_join(town: Town) -> list[tuple[Grown, Child]]:
    return list(to_be_joined(town, [busy_school(town, phase).urn for phase in ("primary", "secondary")]))


def _work_with_justice(town: Town, by: Actor) -> None:
    def act() -> str:
        work_with_justice(town, by, [child for _adult, child in _to_join(town)])
        return "done"

    once(f"demonstration:{town.seed}:{town.size}:justice", by=by, act=act)


def _limited_parent(town: Town) -> Iterator[tuple[Grown, str]]:
    """A parent whom a court keeps from knowing where a child lives and learns."""
    for family in town.families:
        for at, adult in enumerate(family.adults):
            if adult.limited and adult.email and any(at in child.parents for child in family.children):
                words = _(
                    "a parent with a prohibited steps order: sees the child’s name, neither home nor school"
                )
                yield adult, str(words)
                return


def _may_try(family: Family, child: Child) -> bool:
    """A parent who can be written to and lives with the child."""
    return bool(family.adults[0].email) and child.fostered < 0


def _starts(family: Family, child: Child) -> bool:
    return child.year_group == -1 and len(family.children) == 1


def _moves_up(family: Family, child: Child) -> bool:
    return child.year_group == 6 and len(family.children) == 1


def _two_apply(family: Family, child: Child) -> bool:
    return child.year_group == -1 and any(other.year_group == 6 for other in family.children)


def _twins(family: Family, child: Child) -> bool:
    together = any(other is not child and other.born == child.born for other in family.children)
    return child.year_group == -1 and together


def _catholic(family: Family, child: Child) -> bool:
    return child.year_group == 6 and family.faith == "catholic"


def _for_grammar(family: Family, child: Child) -> bool:
    return child.year_group == 6 and child.ability > 1.5 and not family.faith


def _with_plan(family: Family, child: Child) -> bool:
    return child.year_group in (-1, 6) and _has(family, child, "plan_names_school")


def _from_care(family: Family, child: Child) -> bool:
    return child.year_group in (-1, 6) and _has(family, child, "previously_looked_after")


def _step_family(family: Family, child: Child) -> bool:
    return child.year_group in (-1, 6) and family.household.kind == "blended"


def _has(_family: Family, child: Child, kind: str) -> bool:
    return any(fact.kind == kind for fact in child.facts)


SITUATIONS: tuple[tuple[Wanted, Promise], ...] = (
    (_starts, _("one child, who starts school next September: applications are open")),
    (_moves_up, _("one child, who moves up to Year 7: offers were made today")),
    (_two_apply, _("one child who starts school and one who moves up to Year 7")),
    (_twins, _("twins who start school")),
    (_catholic, _("a Catholic family whose child moves up to Year 7")),
    (_for_grammar, _("a child who sat the grammar schools’ tests")),
    (_with_plan, _("a child whose education, health and care plan names a school")),
    (_from_care, _("a child who was looked after before")),
    (_step_family, _("a family with children of earlier relationships")),
)
