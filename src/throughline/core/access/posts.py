"""Joiners, movers and leavers of a school or agency, by its own administrator. An account dies with the last post."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit.actor import Actor, Refused
from ..audit.change import change
from ..audit.happened import happened
from .models import Membership, Role, User
from .places import Place, place_of, require_place, roles_at, the_authority
from .queries import account_by_email
from .sessions import end_sessions
from .viewer import ROLE_OF_DOOR


def join(
    *, by: Actor, place: Place, email: str, name: str, role: str, since: date | None = None
) -> Membership:
    """Give somebody a post at an organisation from a day on; make their account where they have none.

    The caller sends the invitation: a new or closed account needs a password before it can be used.

    Raises:
        Refused: it is not the actor's organisation, or the post would be their own.
        ValidationError: the address, the name or the role will not do.
    """
    today = timezone.localdate()
    require_place(by, place, today)
    held = _role(place, role)
    address = _address(email)
    user = account_by_email(address)
    if user is not None and user.pk == by.actor_id:
        raise Refused(_("You cannot give yourself a role. Ask another administrator."))
    if user is not None and user.portal != place.portal:
        # Whose address it is, and what for, is nobody's business here.
        raise ValidationError({"email": _("This address cannot be used here. Ask for another work address.")})
    if user is None and not name.strip():
        raise ValidationError({"name": _("Enter their name.")})
    with change("joined an organisation", by=by):
        if user is None:
            user = User(email=address, name=name.strip()[:200], portal=place.portal)
            user.set_unusable_password()
            user.save()
        elif not user.is_active:
            user.is_active = True
            user.set_unusable_password()
            user.save(update_fields=["is_active", "password"])
        same = _open(place, today).filter(user=user, role=held).first()
        if same is not None:
            raise ValidationError(_("They hold this role here already. Nothing was changed."))
        post: Membership = Membership.objects.create(
            user=user, role=held, since=since or today, **place.where
        )
    return post


def move(*, by: Actor, post_id: UUID, role: str, since: date | None = None) -> Membership:
    """Somebody has another role at the same organisation from a day on; the one they had ends that day.

    Raises:
        Refused: not the actor's organisation, or their own post.
        ValidationError: no such role there, or the post has ended already.
    """
    post, place = _post(by, post_id)
    held = _role(place, role)
    day = since or timezone.localdate()
    if day < post.since:
        raise ValidationError({"since": _("Give a day after they joined. Nothing was changed.")})
    with change("moved in an organisation", by=by):
        _end(post, day)
        same = _open(place, day).filter(user=post.user, role=held).first()
        found: Membership = same or Membership.objects.create(
            user=post.user, role=held, since=day, **place.where
        )
    return found


def leave(*, by: Actor, post_id: UUID, on: date | None = None) -> bool:
    """End a post, today unless told. Returns whether the account was closed with it.

    Where it was their last post the account is closed and they are signed out everywhere, in this same transaction;
    somebody with a post elsewhere keeps that, and is asked at their next request what they may still see.

    Raises:
        Refused: not the actor's organisation, or their own post.
        ValidationError: it has ended already.
    """
    post, _place = _post(by, post_id)
    today = timezone.localdate()
    day = max(on or today, post.since)
    with change("left an organisation", by=by):
        _end(post, day)
        return day <= today and close_if_over(by=by, user=post.user, on=today)


def close_if_over(*, by: Actor, user: User, on: date) -> bool:
    """Close an account that holds no post today and none to come. Called inside a change."""
    if not user.is_active or user.portal not in BY_POST:
        return False
    if Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=on), user=user).exists():
        return False
    return close_account(by=by, user=user, reason="last post ended")


def close_account(*, by: Actor, user: User, reason: str) -> bool:
    """Close an account, end its posts and sign it out everywhere."""
    today = timezone.localdate()
    with change("account closed", by=by, reason=reason):
        # Whoever comes back is given each post anew, by the organisation whose post it is.
        Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=today), user=user).update(until=today)
        closed = User.objects.filter(pk=user.pk, is_active=True).update(is_active=False)
        if closed:
            end_sessions(user)
            happened("account closed", by=by, about=user, reason=reason)
    return bool(closed)


# Whoever comes in by one of these portals does so for a post, and has an account for as long as they hold one.
BY_POST = (User.Portal.STAFF, User.Portal.SCHOOL, User.Portal.PROFESSIONAL, User.Portal.PROVIDER)


def post_managed(by: Actor, post_id: UUID) -> tuple[Membership, Place]:
    """A post that the actor may change, and where it is.

    Raises:
        Refused: it is their own, at another organisation, ended, or there is none.
    """
    return _post(by, post_id)


def _post(by: Actor, post_id: UUID) -> tuple[Membership, Place]:
    post = Membership.objects.select_related("user", "role", "school", "agency").filter(pk=post_id).first()
    if post is None or post.user.portal in ROLE_OF_DOOR:
        raise Refused("No such post.")
    at = post.school or post.agency
    place = place_of(at) if at else the_authority()
    require_place(by, place, timezone.localdate())
    if post.user_id == by.actor_id:
        raise Refused(_("You cannot change your own post. Ask another administrator."))
    return post, place


def _end(post: Membership, day: date) -> None:
    still = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=timezone.localdate()), pk=post.pk)
    if not still.update(until=day):
        raise ValidationError(_("This post has ended already. Nothing was changed."))


def _open(place: Place, day: date) -> Any:
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=day), **place.where)


def _role(place: Place, code: str) -> Role:
    found = next((role for role in roles_at(place) if role.code == code), None)
    if found is None:
        raise ValidationError({"role": _("Choose a role from the list. Nothing was changed.")})
    return found


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            {"email": _("Enter an email address in the correct format, like name@example.com.")}
        ) from None
    return address
