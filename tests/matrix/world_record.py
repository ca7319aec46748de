"""What the record holds besides families: names before, numbers, the circle, the story, what was decided and asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.matrix.world import World, made
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.alerts.models import Alert
from throughline.core.audit.change import change
from throughline.core.organisations.models import Agency
from throughline.core.people.models import (
    AdultResidence,
    Child,
    FindableName,
    FormerName,
    Identifier,
    Involvement,
    LookAlike,
    Merge,
    PairDecision,
    SealedIdentity,
    Voice,
)
from throughline.core.people.search import refresh
from throughline.core.requests.models import Request
from throughline.core.sharing.models import Asked, BrokenGlass
from throughline.core.timeline.models import Entry

YESTERDAY = timedelta(days=1)
NOTHING_MOVED: dict[str, Any] = {"rows": [], "filled": {"before": {}, "after": {}}, "freed": {}, "made": []}


def make_record(world: World) -> None:
    """Rows of every kind for `own` and for `other`, so that each can come out about the wrong child."""
    agency = Agency.objects.create(code="ash-health", name="Ash Health Trust", kind="health")
    world.put("agency", "own", agency)
    for name in ("own", "other"):
        _about(world, name, world.rows["child"][name], agency)
    for name, adult in world.rows["adult"].items():
        subject = {"mother": "own", "neighbour": "other"}.get(name)
        if subject:
            made(
                world,
                AdultResidence,
                subject,
                adult=adult,
                address=world.rows["address"][subject],
                since=date(2024, 1, 1),
            )
    _two_records(world)


def _about(world: World, name: str, child: Child, agency: Agency) -> None:
    made(world, Voice, name, child=child, speaker="child", said_on=date(2024, 5, 5))
    made(world, FormerName, name, child=child, kind="former")
    # Found as in life, and with a row of the index whose words could come from nowhere else.
    refresh([child.pk])
    made(world, FindableName, name, child=child, kind="former", born=child.born)
    made(world, Identifier, name, child=child, kind="social_care")
    doctor = made(
        world,
        Involvement,
        name,
        child=child,
        role="health_professional",
        agency=agency,
        since=date(2024, 1, 1),
    )
    world.put("involvement", name, doctor)
    kinds = dict.fromkeys(("facts", "source", "written_by"), "people.education")
    line = made(
        world,
        Entry,
        name,
        kinds,
        child_id=child.pk,
        on=date(2024, 9, 1),
        kind="people.enrolled",
        key=f"matrix:{name}",
    )
    world.put("entry", name, line)
    world.put(
        "alert",
        name,
        made(world, Alert, name, child_id=child.pk, kind="people.restricted_opened", key=f"matrix:{name}"),
    )
    glass = made(
        world,
        BrokenGlass,
        name,
        child_id=child.pk,
        user_id=child.pk,
        ends_at=timezone.now() - YESTERDAY,
    )
    world.put("glass", name, glass)
    if name == "own":
        _more_alerts(world, child)
    asked = made(
        world,
        Asked,
        name,
        child_id=child.pk,
        user_id=child.pk,
        category="people.social_care",
        state="open",
    )
    world.put("asked", name, asked)
    request = made(
        world,
        Request,
        name,
        child=child,
        agency=agency,
        asked_by="Somebody who asks",
        kind="requests.question",
        due=timezone.localdate(),
        key=f"matrix:{name}",
    )
    world.put("request", name, request)


def _more_alerts(world: World, child: Child) -> None:
    """One that a second role looks at too, about whom that role must not see; and one that was closed."""
    rows = {"looked_at": ("audit.many_lookers", "open"), "closed": ("people.restricted_opened", "closed")}
    for key, (kind, state) in rows.items():
        values: dict[str, Any] = {"child_id": child.pk, "kind": kind, "state": state, "key": f"matrix:{key}"}
        with change("matrix alert raised", by=TEST):
            world.put("alert", key, Alert.objects.create(**values))


def _two_records(world: World) -> None:
    """An adopted child's earlier record, sealed; and a second record of one child, merged into the first."""
    earlier = made(world, Child, "earlier", born=date(2019, 5, 5), sex="F")
    settled = world.rows["child"]["settled"]
    made(world, SealedIdentity, "earlier", child=settled, earlier=earlier, sealed_on=date(2023, 1, 1))
    own = world.rows["child"]["own"]
    gone = made(world, Child, "gone", born=date(2019, 6, 6), sex="F", merged_into=own)
    world.put("merge", "own", made(world, Merge, "gone", kept=own, gone=gone, moved=NOTHING_MOVED))
    world.put("child", "earlier", earlier)
    for name, beside in (("own", "idle"), ("other", "settled"), ("restricted", "other")):
        world.put("beside", name, world.rows["child"][beside])
    alike = sorted((own, world.rows["child"]["idle"]), key=lambda child: child.pk)
    LookAlike.objects.create(child=alike[0], other=alike[1], score=70)
    pair = sorted((own, world.rows["child"]["other"]), key=lambda child: child.pk)
    made(world, PairDecision, "own", child=pair[0], other=pair[1], kind="not_duplicate")


def join_circles(world: World, role: str, user: User) -> None:
    """In the circle of `own` today; in that of `other` until yesterday."""
    today = timezone.localdate()
    for name, until in (("own", None), ("other", today - YESTERDAY)):
        values: dict[str, Any] = {"user": user, "role": role, "until": until}
        with change("matrix circle joined", by=TEST):
            row = Involvement.objects.create(
                child=world.rows["child"][name],
                agency=world.rows["agency"]["own"],
                because="To help",
                since=date(2024, 1, 1),
                **values,
            )
        if name == "own":
            world.put("involvement", role, row)


def ask_by_name(world: World) -> None:
    """Something about `own` that the caseworker asked the social worker for, besides what waits in the agency's queue."""
    with change("matrix request made", by=TEST):
        row = made(
            world,
            Request,
            "own",
            child=world.rows["child"]["own"],
            user=world.users["social_worker"],
            asked_by_user=world.users["caseworker"],
            kind="requests.question",
            due=timezone.localdate(),
            key="matrix:asked",
        )
    world.put("request", "asked", row)
