"""What holds a record, what was asked of it, what is to go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.matrix.world import World, made

from throughline.core.documents.kept import take_in
from throughline.core.people.models import Child
from throughline.core.retention.models import Certificate, Disposal, Gathered, Hold, Pack

ENTRY = {
    "id": "one",
    "category": "people.identity",
    "section": "Name",
    "title": "Child",
    "fields": [["Language", "An entry that names nobody", True]],
    "document": "",
}


def make_retention(world: World) -> None:
    """A hold, a request to be read, one that was answered and a proposal, for `own` and for `other`."""
    for name, adult in (("own", "mother"), ("other", "neighbour")):
        child = world.rows["child"][name]
        world.put("hold", name, made(world, Hold, name, child=child))
        _packs(world, name, child, world.rows["adult"][adult])
        proposal = Disposal.objects.create(
            record_key=child.pk, due=date(2020, 1, 1), classes=["main"], reason="x", proposed_by="An officer"
        )
        world.put("disposal", name, proposal)
    Certificate.append(
        reference="D-MATRIX", proposed_by="x", approved_by="y", retention=["main"], counts={}, digest="0" * 64
    )


def _packs(world: World, name: str, child: Child, adult: Any) -> None:
    today = timezone.localdate()
    days = {"received_on": today, "due_on": today + timedelta(days=30), "decisions": {}, "edition": 1}
    pack = made(world, Pack, name, child=child, state="review", expires_on=None, **days)
    Gathered.objects.create(pack=pack, items=[ENTRY])
    world.put("pack", name, pack)
    files = [take_in(name="x", content=[b"what is held"], kept_for="subject_access") for _ in range(2)]
    for file in files:
        file.save()
    given = made(
        world,
        Pack,
        name,
        child=child,
        adult=adult,
        state="released",
        released_at=timezone.now(),
        given_as=["responsible_parent"],
        expires_on=today + timedelta(days=30),
        printed=files[0],
        data=files[1],
        **days,
    )
    world.put("given_pack", name, given)
