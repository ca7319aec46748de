"""The circle: who is involved with a child, as what, for whom, since when. What somebody may see ends when it ends."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.rules.sharing.looks import service_told_by

from ..access.models import Membership, User
from ..access.viewer import Refused, Viewer, require
from ..audit.actor import Actor
from ..audit.change import change
from ..audit.tables import GuardedRows
from ..sharing.show import Sight
from ..timeline.actions import Told, tell
from .circle_shown import role_words
from .existing import existing_child, known_child
from .models import Child, Involvement

CIRCLE = "people.circle"


def join_circle(
    *,
    by: Actor,
    child_id: UUID,
    role: str,
    because: str,
    user_id: UUID | None = None,
    name: str = "",
    since: date | None = None,
) -> Involvement:
    """Bring somebody into a child's circle: an account in a role that it holds, or a person who does not sign in.

    Raises:
        Refused: the actor may not, or there is no such child for them.
        ValidationError: no reason, nobody named, a role they do not hold, or they are in the circle already.
    """
    require(by, CIRCLE)
    child = _child_for(by, child_id)
    day = since or timezone.localdate()
    if not because.strip():
        raise ValidationError({"because": _("Say why they are involved: the family can read it.")})
    if day > timezone.localdate():
        raise ValidationError({"since": _("Give the day they became involved: today or before.")})
    post = _post_of(user_id, role) if user_id else None
    if post is None and not name.strip():
        raise ValidationError({"name": _("Say who it is. Nobody was added.")})
    if post is not None and _involved().filter(child=child, user_id=user_id, role=role).exists():
        raise ValidationError(_("They are in the circle already. Nothing was changed."))
    with change("joined a circle", by=by, reason=because.strip()):
        row = Involvement.objects.create(
            child=child,
            user_id=user_id,
            role=role,
            name="" if post else name.strip()[:200],
            school=post.school if post else None,
            agency=post.agency if post else None,
            because=because.strip()[:300],
            since=day,
        )
        _tell(by, row, "people.joined_circle", day)
    return row


def leave_circle(*, by: Actor, involvement_id: UUID, because: str) -> Involvement:
    """End somebody's involvement, today: from the next request they see what their other ties to the child show.

    Whoever may say who is involved may do it, and everybody may leave by themselves.

    Raises:
        Refused: it is not theirs to end, or there is none.
        ValidationError: no reason, or it has ended already.
    """
    row = Involvement.objects.select_related("child", "user").filter(pk=involvement_id).first()
    own = row is not None and row.user_id is not None and row.user_id == by.actor_id
    if row is None or not (own or by.may(CIRCLE)):
        raise Refused("No such involvement for this person.")
    if not own:
        _child_for(by, row.child_id)
    if not because.strip():
        raise ValidationError({"because": _("Say why the involvement ends. Nothing was changed.")})
    today = timezone.localdate()
    with change("left a circle", by=by, reason=because.strip()):
        ended = _involved().filter(pk=row.pk).update(until=today, ended_because=because.strip()[:300])
        if not ended:
            raise ValidationError(_("This involvement has ended already. Nothing was changed."))
        _tell(by, row, "people.left_circle", today)
    row.refresh_from_db()
    return row


def _child_for(by: Actor, child_id: UUID) -> Child:
    if not isinstance(by, Viewer):
        return existing_child(child_id)
    sight = Sight(by, [child_id])
    if not sight.may_see(child_id, CIRCLE):
        raise Refused("No such child for this person.")
    return known_child(sight, child_id)


def _post_of(user_id: UUID, role: str) -> Membership:
    """The post by which somebody comes into the circle: what they hold today."""
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today),
        since__lte=today,
        user_id=user_id,
        user__is_active=True,
        role__code=role,
    )
    post: Membership | None = held.select_related("school", "agency").order_by("since", "id").first()
    if post is None or post.user.portal in (User.Portal.FAMILY, User.Portal.YOUNG_PERSON):
        raise ValidationError({"who": _("They do not hold this role today. Choose somebody from the list.")})
    return post


def _involved() -> GuardedRows:
    today = timezone.localdate()
    return Involvement.objects.filter(Q(until__isnull=True) | Q(until__gt=today))


GUARDED = {"people.social_care": "_for_protection", "people.youth_justice": "_for_justice"}


def _tell(by: Actor, row: Involvement, kind: str, on: date) -> None:
    facts = {"who": str(row.user or row.name), "role": role_words(row.role)}
    # Who is involved tells of the service they come from: the line is guarded as that is.
    kind += GUARDED.get(service_told_by(row.role), "")
    line = Told(row.child_id, kind, on, facts, about=row._meta.label, about_id=row.pk, key=f"{kind}:{row.pk}")
    tell(by=by, lines=[line])
