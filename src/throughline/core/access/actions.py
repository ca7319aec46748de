"""What changes accounts, roles and teams."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit.actor import Actor
from ..audit.change import change
from ..organisations.models import Agency, School
from ..registry.assembly import Registry
from .models import Membership, Role, Team, User
from .viewer import Refused, require


def install_roles(*, by: Actor, registry: Registry) -> int:
    """Add the starter roles that modules declare. A role that exists is left as the authority has made it."""
    require(by, "access.manage")
    existing = set(Role.objects.values_list("code", flat=True))
    missing = [role for code, role in registry.roles.items() if code not in existing]
    with change("starter roles installed", by=by):
        Role.objects.bulk_create(
            Role(
                code=role.code,
                label=str(role.label),
                description=str(role.description),
                portal=role.portal,
                reach=role.reach,
                permissions=sorted(p.code for p in registry.permissions.values() if role.code in p.roles),
            )
            for role in missing
        )
    return len(missing)


def create_user(*, by: Actor, email: str, name: str, portal: str, password: str | None = None) -> User:
    """Make an account. It can do nothing until it is given a role (staff) or linked to a child (family)."""
    require(by, "access.manage")
    with change("account created", by=by):
        user = User(email=email.strip().lower(), name=name.strip(), portal=portal)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save()
    return user


def give_role(
    *,
    by: Actor,
    user: User,
    role: str,
    team: Team | None = None,
    since: date | None = None,
    school: School | None = None,
    agency: Agency | None = None,
) -> Membership:
    """Put somebody in a role, at the authority or at one school or agency. Nobody gives a role to themselves."""
    require(by, "access.manage")
    if by.actor_id == user.pk:
        raise Refused(_("You cannot give yourself a role. Ask another administrator."))
    held = Role.objects.get(code=role)
    day = since or timezone.localdate()
    with change("role given", by=by):
        where = {"user": user, "role": held, "team": team, "school": school, "agency": agency}
        existing = Membership.objects.filter(**where, until__isnull=True).first()
        return existing or Membership.objects.create(**where, since=day)


def end_roles(*, by: Actor, user: User, on: date | None = None) -> int:
    """End every role somebody holds: from the next request they can do nothing."""
    require(by, "access.manage")
    day = on or timezone.localdate()
    with change("roles ended", by=by):
        lasting = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=day), user=user)
        ended = lasting.update(until=day)
        user.is_active = False
        user.save(update_fields=["is_active"])
    return ended


def create_team(*, by: Actor, name: str, description: str) -> Team:
    """Make a team, or return the one of that name."""
    require(by, "access.manage")
    existing = Team.objects.filter(name=name).first()
    if existing:
        return existing
    with change("team created", by=by):
        return Team.objects.create(name=name, description=description)
