"""A child's own words and own name, and their own way in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.rules.sharing.decide import Detail

from ..access.models import User
from ..access.posts import close_account
from ..access.queries import account_by_email
from ..access.viewer import Refused, Viewer, require
from ..audit.actor import Actor
from ..audit.change import change
from ..sharing.show import Sight, rules_in_force
from ..timeline.actions import Told, tell
from .existing import existing_child, known_child
from .models import Adult, Child, Voice
from .search.index import refresh

OWN, WRITE_DOWN, INVITE = "people.own_words", "people.write_down_words", "people.invite_young_person"
VOICE, IDENTITY = "people.voice", "people.identity"
LONGEST = 4000
SHOWN = 20


@dataclass(frozen=True)
class Said:
    """Something said, as a viewer may see it."""

    words: Any
    said_on: Any
    heard: Any
    written_by: Any


def child_who_is(viewer: Viewer) -> Child:
    """The child on the record who is this signed-in young person.

    Raises:
        Refused: there is none.
    """
    own = Child.objects.filter(user_id=viewer.user_id, merged_into__isnull=True, sealed_later__isnull=True)
    child = own.first()
    if child is None or viewer.portal != User.Portal.YOUNG_PERSON:
        raise Refused("Nobody on the record is this person.")
    return child


def say(*, by: Viewer, words: str) -> Voice:
    """A young person says what matters to them. What they said before is kept.

    Raises:
        Refused: they are nobody on the record.
        ValidationError: nothing is said, or too much for one time.
    """
    require(by, OWN)
    child = child_who_is(by)
    latest = Voice.objects.filter(child=child, heard="").order_by("-said_on", "-id").first()
    if latest is not None and latest.words == words.strip():
        return latest
    return _keep(by, child, words, timezone.localdate(), "")


def write_down(*, by: Viewer, child_id: UUID, words: str, said_on: date, heard: str) -> Voice:
    """Somebody who works with a child writes down what the child said, and how they know.

    Raises:
        Refused: they may not, or may not read what the child says.
        ValidationError: no words, no word on how it was heard, or a day to come.
    """
    require(by, WRITE_DOWN)
    sight = Sight(by, [child_id])
    child = known_child(sight, child_id)
    if not sight.may_see(child_id, VOICE):
        raise Refused("No such child for this person.")
    if not heard.strip():
        raise ValidationError({"heard": _("Say how you know: who heard it, and where.")})
    if said_on > timezone.localdate():
        raise ValidationError({"said_on": _("Give the day it was said: today or before.")})
    return _keep(by, child, words, said_on, heard.strip()[:200])


def name_myself(*, by: Viewer, chosen_name: str, pronunciation: str) -> Child:
    """A young person says what they are called and how it is said. The legal name stays as it is.

    Raises:
        Refused: they are nobody on the record.
    """
    require(by, OWN)
    child = child_who_is(by)
    with change("young person said their name", by=by):
        child.chosen_name = chosen_name.strip()[:100]
        child.pronunciation = pronunciation.strip()[:120]
        child.save(update_fields=["chosen_name", "pronunciation"])
        refresh([child.pk])
    return child


def give_way_in(*, by: Actor, child_id: UUID, email: str, because: str) -> User:
    """Link an account to a young person, once an officer is certain whose address it is. Nobody claims a record.

    Args:
        by: the officer.
        child_id: who the young person is.
        email: an address that only they read.
        because: how the officer knows that it is theirs.

    Raises:
        Refused: the officer may not, or there is no such child for them.
        ValidationError: the address will not do, no reason is given, or they have a way in already.
    """
    require(by, INVITE)
    child = _child_for(by, child_id)
    address = email.strip().lower()
    _check_address(address)
    if not because.strip():
        raise ValidationError({"because": _("Say how you know that this address is theirs.")})
    if child.user_id is not None:
        raise ValidationError(_("They have a way in already. Nothing was changed."))
    with change("young person given a way in", by=by, reason=because.strip()):
        user = User(email=address, name=str(child), portal=User.Portal.YOUNG_PERSON)
        user.set_unusable_password()
        user.save()
        child.user = user
        child.save(update_fields=["user"])
    return user


def take_way_in(*, by: Actor, child_id: UUID, because: str) -> None:
    """Close a young person's account, because somebody else reads it or they wish it.

    Raises:
        Refused: the officer may not, or there is no such child for them.
        ValidationError: there is none, or no reason is given.
    """
    require(by, INVITE)
    child = _child_for(by, child_id)
    if child.user is None:
        raise ValidationError(_("They have no way in. Nothing was changed."))
    if not because.strip():
        raise ValidationError({"because": _("Say why. Nothing was changed.")})
    with change("young person's way in closed", by=by, reason=because.strip()):
        user = child.user
        child.user = None
        child.save(update_fields=["user"])
        close_account(by=by, user=user, reason=because.strip())


def way_in_of(by: Actor, child_id: UUID) -> str:
    """The address a young person signs in with; empty where they do not.

    Raises:
        Refused: the officer may not, or there is no such child for them.
    """
    require(by, INVITE)
    user = _child_for(by, child_id).user
    return user.email if user else ""


def voice_of(child_id: UUID, sight: Sight) -> list[Said]:
    """What a child has said, latest first; one line that says it is withheld, where it is only known that they spoke."""
    if not sight.may_know(child_id, VOICE):
        return []
    rows: Iterable[Voice] = Voice.objects.filter(child_id=child_id).order_by("-said_on", "-id")[:SHOWN]

    def value(what: Any) -> Any:
        return sight.value(child_id, VOICE, what)

    said = [Said(value(r.words), value(r.said_on), value(r.heard), value(r.written_by)) for r in rows]
    return said if sight.may_see(child_id, VOICE) else said[:1]


def read_at_home(on: date) -> bool:
    """Whether parents or carers are shown what a child says: a young person is told before they write."""
    at_home = {"responsible_parent", "carer_at_home", "limited_parent"}
    return any(
        rule.category == VOICE
        and rule.reader in at_home
        and rule.detail >= Detail.FULL
        and rule.since <= on <= rule.until
        for rule in rules_in_force()
    )


def _keep(by: Viewer, child: Child, words: str, on: date, heard: str) -> Voice:
    if not words.strip():
        raise ValidationError({"words": _("Write what you want to say. Nothing was saved.")})
    if len(words) > LONGEST:
        raise ValidationError(
            {"words": _("This is too long for one time. Make it shorter, then save again.")}
        )
    with change("own words kept", by=by):
        row: Voice = Voice.objects.create(
            child=child, words=words.strip(), said_on=on, heard=heard, written_by=by.actor_label[:200]
        )
        tell(by=by, lines=[Told(child.pk, "people.said", on, key=f"people.said:{row.pk}")])
    return row


def _child_for(by: Actor, child_id: UUID) -> Child:
    if not isinstance(by, Viewer):
        return existing_child(child_id)
    sight = Sight(by, [child_id])
    if not sight.may_see(child_id, IDENTITY):
        raise Refused("No such child for this person.")
    return known_child(sight, child_id)


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            {"email": _("Enter an email address in the correct format, like name@example.com.")}
        ) from None
    # Whoever reads a parent's address would read the young person's page.
    if account_by_email(address) is not None or Adult.objects.filter(email__iexact=address).exists():
        raise ValidationError({"email": _("This address cannot be used. Ask for one that only they read.")})
