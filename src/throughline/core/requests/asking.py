"""Asking: something of one person or one queue, about one child, by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.models import Membership, User
from ..access.viewer import Viewer, require, viewer_for
from ..audit.actor import Actor
from ..audit.change import change
from ..audit.tables import new_key
from ..organisations.models import Agency, School
from ..people.circle_shown import ANSWER_FOR_PUPILS, may_know_of, role_words
from ..people.models import Child, Enrolment, Involvement, Tie
from ..registry.assembly import installed
from ..sharing.show import Sight
from ..timeline.actions import Told, tell
from .models import Request
from .queries import ASK, IDENTITY, child_to_ask_about
from .telling import tell_asked

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Whom:
    """One person or queue that may be asked. ``code`` is ``user:``, ``school:`` or ``agency:`` and a key."""

    code: str
    words: str
    group: str


def whom_to_ask(viewer: Viewer, child_id: UUID) -> list[Whom]:
    """Everybody this viewer may ask about a child: those around the child and, for the authority, any agency."""
    sight = Sight(viewer, [child_id])
    child = child_to_ask_about(viewer, child_id, sight)
    found = _schools(viewer, child) if sight.may_see(child_id, "people.education") else []
    if sight.may_see(child_id, "people.circle"):
        found += _circle(viewer, child, sight)
    if sight.may_see(child_id, "people.family"):
        found += _family(viewer, child, sight.may_see(child_id, "people.contact"))
    if viewer.portal == User.Portal.STAFF:
        known = {whom.code for whom in found}
        agencies = Agency.objects.filter(Q(ended__isnull=True) | Q(ended__gt=viewer.on))
        found += [
            Whom(f"agency:{row.pk}", row.name, _("An organisation"))
            for row in agencies
            if f"agency:{row.pk}" not in known
        ]
    return list({whom.code: whom for whom in found if whom.code != f"user:{viewer.user_id}"}.values())


def ask(*, by: Actor, child_id: UUID, kind: str, whom: str, words: str, due: date, key: str = "") -> Request:
    """Ask one person or one queue. Whoever is asked is told by message, without a word about the child.

    Args:
        by: who asks.
        child_id: about whom.
        kind: a declared kind of request.
        whom: ``user:``, ``school:`` or ``agency:`` and the key, out of ``whom_to_ask``.
        words: what is asked.
        due: by when.
        key: what makes it this request: asking twice with one key asks once.

    Raises:
        Refused: they may not ask about this child.
        ValidationError: the day, the words, the kind or the person asked will not do.
    """
    require(by, ASK)
    today = timezone.localdate()
    if kind not in installed().requests:
        raise ValidationError({"kind": _("Choose what you are asking for from the list.")})
    if not words.strip() and not installed().requests[kind].page:
        raise ValidationError({"words": _("Say what you are asking. Nothing was sent.")})
    if isinstance(by, Viewer):
        if whom not in {one.code for one in whom_to_ask(by, child_id)}:
            raise ValidationError({"whom": _("Choose whom to ask from the list. Nothing was sent.")})
        if not today <= due <= today + LONGEST:
            raise ValidationError({"due": _("Give a day from today, and within a year.")})
    earlier: Request | None = Request.objects.filter(key=key).first() if key else None
    return earlier or _store(by, child_id, kind, whom, words, due, key)


def _store(by: Actor, child_id: UUID, kind: str, whom: str, words: str, due: date, key: str) -> Request:
    field, _sep, value = whom.partition(":")
    with change("request made", by=by):
        row = Request(
            child_id=child_id,
            kind=kind,
            words=words.strip(),
            due=due,
            asked_by=by.actor_label[:200],
            asked_by_user_id=by.actor_id,
            key=key or f"request:{new_key()}",
            **{f"{field}_id": UUID(value)},
            **(_through(UUID(value), child_id) if field == "user" else {}),
        )
        row.save()
        label = str(installed().requests[kind].label)
        at_home = row.user is not None and row.user.portal == User.Portal.FAMILY
        # The story is read by people who are not shown a parent's name.
        whom_words = _("A parent or carer") if at_home else str(row.user or row.school or row.agency)
        facts = {"what": label, "whom": whom_words}
        story = Told(child_id, "requests.asked", timezone.localdate(), facts, key=f"asked:{row.pk}")
        tell(by=by, lines=[story])
        tell_asked(by, row)
    return row


def _through(user_id: UUID, child_id: UUID) -> dict[str, UUID | None]:
    """The school or agency where somebody asked by name works with this child; neither for family and the authority."""
    today = timezone.localdate()
    lasting = Q(until__isnull=True) | Q(until__gt=today)
    about = {"child_id": child_id, "since__lte": today}
    somewhere = Q(school__isnull=False) | Q(agency__isnull=False)
    joined = Involvement.objects.filter(lasting, somewhere, user_id=user_id, **about).order_by("since", "id")
    on_roll = Enrolment.objects.filter(lasting, **about).values("school_id")
    answers = Membership.objects.filter(
        lasting, user_id=user_id, since__lte=today, school_id__in=on_roll, role__code__in=ANSWER_FOR_PUPILS
    ).order_by("since", "id")
    found = joined.first() or answers.first()
    if found is None:
        return {}
    return {"through_school_id": found.school_id, "through_agency_id": found.agency_id}


def _schools(viewer: Viewer, child: Child) -> list[Whom]:
    on_roll = Enrolment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on), since__lte=viewer.on, child=child
    )
    schools = list(School.objects.filter(pk__in=on_roll.values("school_id")))
    posts = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on),
        since__lte=viewer.on,
        school__in=schools,
        role__code__in=ANSWER_FOR_PUPILS,
        user__is_active=True,
    ).select_related("user", "role")
    found = [Whom(f"school:{row.pk}", row.name, _("A school")) for row in schools]
    return found + [
        Whom(f"user:{row.user_id}", f"{row.user}, {role_words(row.role.code)}", _("Somebody at the school"))
        for row in posts.order_by("user__name")
    ]


def _circle(viewer: Viewer, child: Child, sight: Sight) -> list[Whom]:
    """Those in the circle of whom the viewer may know: whom one may ask tells who is involved."""
    rows = (
        Involvement.objects.filter(
            Q(until__isnull=True) | Q(until__gt=viewer.on), since__lte=viewer.on, child=child
        )
        .select_related("user", "agency")
        .order_by("user__name", "id")
    )
    found: list[Whom] = []
    for row in rows:
        if not may_know_of(sight, child.pk, row):
            continue
        if row.user is not None and row.user.is_active:
            words = f"{row.user}, {role_words(row.role)}"
            found.append(Whom(f"user:{row.user_id}", words, _("Somebody in the circle")))
        if row.agency is not None:
            found.append(Whom(f"agency:{row.agency_id}", row.agency.name, _("An organisation")))
    return found


def _family(viewer: Viewer, child: Child, named: bool) -> list[Whom]:
    """Parents and the young person, where they are shown this child's record anyway: asking tells nobody anything.

    A parent's name is for those who are shown how to reach them; others are told what they are to the child.
    """
    ties = Tie.objects.filter(
        Q(until__isnull=True) | Q(until__gte=viewer.on), child=child, adult__user__is_active=True
    ).select_related("adult__user")
    people = [(tie.adult.user, tie.get_kind_display()) for tie in ties]
    if child.user is not None and child.user.is_active:
        people.append((child.user, role_words("young_person")))
    return [
        Whom(f"user:{user.pk}", f"{user}, {words}" if named else words, _("The family"))
        for user, words in people
        if Sight(viewer_for(user, viewer.on), [child.pk]).may_see(child.pk, IDENTITY)
    ]
