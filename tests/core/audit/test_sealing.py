"""Whatever is done to the sealed trail is found, and named."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.core.audit.tampering import forge, rebuild, remove, rewrite
from tests.support.people import TEST, viewer
from tests.support.progress import Unheard

from throughline.core.access.models import Team
from throughline.core.audit import sealing
from throughline.core.audit.chain import KeyLost, mark_of
from throughline.core.audit.change import change
from throughline.core.audit.jobs import examine, seal
from throughline.core.audit.look import look
from throughline.core.audit.models import Event, Examination, Line, Seal
from throughline.core.audit.sealing import Head, latest_head, seal_trail, waiting_to_be_sealed
from throughline.core.audit.tables import NeverChanged, new_key
from throughline.core.audit.texts import AMONG, BETWEEN, event_texts, line_texts
from throughline.core.audit.verifying import verify_trail
from throughline.core.registry.assembly import installed

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=5)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def events(clock: Any, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """Seven events, sealed in three seals; then five hours and one more event, sealed too."""
    monkeypatch.setattr(sealing, "BATCH", 3)
    for number in range(7):
        make(f"team {number} made")
    assert seal_trail() == 7
    clock.shift(HOURS)
    make("a later team made")
    assert seal_trail() == 1
    assert [row.count for row in Seal.objects.order_by("number")] == [3, 3, 1, 1]
    assert verify_trail().sound
    return list(Event.objects.order_by("pk"))


def make(kind: str) -> None:
    with change(kind, by=TEST, reason="Because"):
        Team.objects.create(name=kind, description="")


def found(*heads: str) -> list[tuple[int, str, UUID | None]]:
    return [(each.seal, each.kind, each.event) for each in verify_trail(heads).breaks]


def test_what_is_sealed_once_is_not_sealed_again(events: list[Event]) -> None:
    assert seal_trail() == 0
    assert Seal.objects.count() == 4


CHANGED: dict[str, Callable[[Event], None]] = {
    "its reason": lambda event: rewrite(event, reason="Another"),
    "its moment": lambda event: rewrite(event, at=event.at + timedelta(microseconds=1)),
    "who did it": lambda event: rewrite(event, actor_label="Somebody else"),
    "nobody for somebody": lambda event: rewrite(event, actor_id=uuid4()),
    "a look for an act": lambda event: rewrite(event, looked=True),
    "other random letters": lambda event: rewrite(event, salt="0" * 32),
    "text moved to the next column": lambda event: rewrite(event, session="x", address=""),
    "a line's value": lambda event: rewrite(event.lines.get(), after={"name": "Another"}),
    "nothing for a value": lambda event: rewrite(event.lines.get(), fields=["name"]),
    "a line's child": lambda event: rewrite(event.lines.get(), child_id=uuid4()),
    "a line removed": lambda event: remove(event.lines.get()),
    "a line added": lambda event: Line.append_all([Line(event=event, table="t", object_id="1")]),
}


@pytest.mark.parametrize("way", CHANGED)
def test_a_changed_event_is_named(events: list[Event], way: str) -> None:
    CHANGED[way](events[4])
    assert found() == [(2, "changed", events[4].pk)]


def test_text_moved_between_columns_is_found_although_all_letters_are_there(clock: Any) -> None:
    Event.append(kind="k", actor_label="a", reason="12", session="3")
    seal_trail()
    rewrite(Event.objects.get(), reason="1", session="23")
    assert [kind for _, kind, _ in found()] == ["changed"]


@pytest.mark.parametrize(("place", "seal"), [(0, 1), (4, 2), (7, 4)])
def test_a_deleted_event_is_named_be_it_the_last(events: list[Event], place: int, seal: int) -> None:
    remove(events[place])
    assert found() == [(seal, "deleted", events[place].pk)]


def test_a_deletion_spoils_no_later_seal(events: list[Event]) -> None:
    remove(events[0], events[1])
    assert {seal for seal, _, _ in found()} == {1}


def test_two_events_that_changed_places_are_named(events: list[Event]) -> None:
    one, other = events[1], events[5]
    kinds = one.kind, other.kind
    rewrite(one, kind=kinds[1])
    rewrite(other, kind=kinds[0])
    assert found() == [(1, "changed", one.pk), (2, "changed", other.pk)]


def test_an_event_added_among_sealed_ones_is_named(events: list[Event]) -> None:
    forged = forge(UUID(int=events[1].pk.int + 1), events[1].at)
    assert found() == [(4, "added", forged.pk)]


def test_an_event_added_and_sealed_is_still_named(events: list[Event]) -> None:
    forged = forge(UUID(int=events[1].pk.int + 1), events[1].at)
    assert seal_trail() == 1
    assert found() == [(5, "late", forged.pk)]


def test_an_event_whose_key_is_of_now_and_whose_moment_is_not_is_named(events: list[Event]) -> None:
    forged = forge(new_key(), events[1].at)
    seal_trail()
    assert found() == [(5, "late", forged.pk)]


def test_a_worker_that_stood_still_for_days_makes_nobody_suspect(events: list[Event], clock: Any) -> None:
    make("while no worker ran")
    clock.shift(timedelta(days=2))
    make("when it ran again")
    assert seal_trail() == 2
    assert found() == []


def test_everything_emptied_is_found(events: list[Event]) -> None:
    remove(*events)
    assert [kind for _, kind, _ in found()] == ["deleted"] * 8


def test_a_chain_rebuilt_without_the_key_is_found(events: list[Event]) -> None:
    rewrite(events[4], reason="Another")
    rebuild("another key")
    assert {kind for _, kind, _ in found()} == {"key missing"}


def test_a_chain_rebuilt_under_the_keys_mark_but_without_the_key_is_found(
    events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite(events[4], reason="Another")
    monkeypatch.setattr("tests.core.audit.tampering.mark_of", lambda _: mark_of(settings.SEAL_KEYS[-1]))
    rebuild("another key")
    assert [(seal, kind) for seal, kind, _ in found()] == [(n, "seal altered") for n in (1, 2, 3, 4)]


def test_a_chain_rebuilt_with_the_key_is_found_by_a_head_kept_elsewhere(events: list[Event]) -> None:
    kept = latest_head()
    assert kept is not None
    rewrite(events[4], reason="Another")
    rebuild(settings.SEAL_KEYS[-1])
    assert found() == []
    assert [kind for _, kind, _ in found(kept.head)] == ["head"]


def test_a_chain_cut_off_with_its_events_is_found_by_a_head_kept_elsewhere(events: list[Event]) -> None:
    kept = latest_head()
    assert kept is not None
    remove(events[-1], Seal.objects.get(number=4))
    assert found() == []
    assert [kind for _, kind, _ in found(kept.head.upper())] == ["head"]


def test_an_older_head_stays_in_the_chain(events: list[Event]) -> None:
    kept = latest_head()
    make("one more")
    seal_trail()
    assert kept is not None
    assert found(kept.head) == []


def test_a_seal_removed_from_the_middle_is_found_first(events: list[Event]) -> None:
    remove(Seal.objects.get(number=2))
    assert found()[0] == (2, "seal missing", None)


def test_a_seal_that_was_altered_is_found(events: list[Event]) -> None:
    rewrite(Seal.objects.get(number=3), at=timezone.now())
    assert (3, "seal altered", None) in found()


@pytest.mark.parametrize(
    "act", [lambda s: s.save(), lambda s: s.delete(), lambda s: Seal.objects.all().delete()]
)
def test_no_code_changes_a_seal(events: list[Event], act: Callable[[Seal], Any]) -> None:
    with pytest.raises(NeverChanged):
        act(Seal.objects.get(number=1))


@pytest.mark.postgresql
def test_postgresql_refuses_to_empty_the_trail(events: list[Event]) -> None:
    connection.check_constraints()
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_event, audit_line")


def test_a_straggler_is_sealed_by_the_next_turn(events: list[Event], clock: Any) -> None:
    """As a change that took long leaves it: its key is from before the last seal, and it is stored now."""
    late = forge(UUID(int=events[-1].pk.int - 1), timezone.now(), "stored late")
    assert waiting_to_be_sealed()[0] == 1
    assert seal_trail() == 1
    assert found() == []
    rewrite(late, kind="altered")
    assert found() == [(5, "changed", late.pk)]


def test_the_check_at_night_seals_what_no_turn_reached(
    events: list[Event], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LONGEST_CHANGE", timedelta(0))
    late = forge(UUID(int=events[-1].pk.int - (1_000 << 80)), timezone.now(), "stored very late")
    assert seal_trail() == 0
    examine(Unheard())
    assert late.pk in {UUID(bytes=bytes(Seal.objects.latest("number").members))}
    assert Examination.objects.get().broken == ""
    assert found() == []


def test_what_the_night_found_is_kept_in_words(events: list[Event]) -> None:
    rewrite(events[4], reason="Another")
    examine(Unheard())
    assert f"Event {events[4].pk}, sealed in seal 2, was changed" in Examination.objects.get().broken


def test_the_head_of_a_sound_check_must_be_in_the_chain_ever_after(events: list[Event]) -> None:
    examine(Unheard())
    rewrite(events[4], reason="Another")
    rebuild(settings.SEAL_KEYS[-1])
    assert [kind for _, kind, _ in found()] == ["head"]


def test_a_new_key_seals_on_and_the_old_one_still_verifies(events: list[Event], settings: Any) -> None:
    settings.SEAL_KEYS = (*settings.SEAL_KEYS, "the new key")
    make("under the new key")
    seal(Unheard())
    assert found() == []
    assert Seal.objects.latest("number").key_mark == mark_of("the new key")


def test_the_sealer_stops_where_the_key_is_not_the_one_it_had(events: list[Event], settings: Any) -> None:
    settings.SEAL_KEYS = ("some other key",)
    make("unsealed")
    with pytest.raises(KeyLost, match="seal-key"):
        seal_trail()
    assert waiting_to_be_sealed()[0] == 1


def test_of_two_sealers_at_once_one_gives_way(events: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    make("unsealed")
    before_the_last = Seal.objects.get(number=3)
    stale = Head(before_the_last.number, before_the_last.at, before_the_last.head)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sealing, "latest_head", lambda: stale)
        assert seal_trail() == 0
    assert seal_trail() == 1
    assert found() == []


def test_the_worker_seals_every_ten_seconds_and_examines_every_night(clock: Any) -> None:
    jobs = installed().jobs
    assert jobs["audit.seal"].every == timedelta(seconds=10)
    assert jobs["audit.examine"].every == timedelta(days=1)
    make("a team made")
    for code in ("audit.seal", "audit.examine"):
        import_string(jobs[code].run)(Unheard())
    assert Seal.objects.get().count == Examination.objects.get().events == 1


def test_waiting_events_are_counted_from_the_first(clock: Any) -> None:
    assert waiting_to_be_sealed() == (0, None)
    began = timezone.now()
    make("first")
    clock.shift(HOURS)
    make("second")
    assert waiting_to_be_sealed() == (2, began)


def test_looks_and_their_many_lines_are_sealed_too(clock: Any) -> None:
    look(viewer(), "a list", [uuid4() for _ in range(20)], ["people.identity"])
    seal_trail()
    line = Line.objects.order_by("pk")[13]
    rewrite(line, child_id=uuid4())
    assert found() == [(1, "changed", line.event_id)]


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=30)
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
JSON = st.none() | st.dictionaries(TEXT, TEXT | st.integers() | st.none(), max_size=3)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(label=TEXT, reason=TEXT, looked=st.booleans(), actor=st.none() | st.uuids(), at=MOMENTS, before=JSON)
def test_a_row_is_the_same_text_on_every_database(
    label: str, reason: str, looked: bool, actor: UUID | None, at: datetime, before: Any
) -> None:
    """The text is said here a second time, in Python; both databases are held to it."""
    event = Event.append(kind="k", actor_label=label, reason=reason, looked=looked, actor_id=actor, at=at)
    line = Line(event=event, table="t", object_id="7", fields=["a", "b"], before=before)
    Line.append_all([line])
    one = (UUID(int=event.pk.int - 1), event.pk)
    assert list(event_texts(connection, BETWEEN, one)) == [
        f"{event.pk.hex}{at:%Y-%m-%d %H:%M:%S.%f}{looked:d}{actor.hex if actor else '-'}"
        f"1:k{sha(event.salt[:16], label)}{sha(event.salt[16:], reason)}0:0:"
    ]
    kept = "-" if before is None else json.dumps(before, separators=(",", ":"))
    digest = "-" if before is None else sha(line.salt, f"{kept}\x1f-")
    assert list(line_texts(connection, AMONG, [event.pk])) == [
        f'{event.pk.hex}{line.pk.hex}-t\x1f7\x1f["a","b"]\x1f{digest}'
    ]


def sha(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt}\x1f{value}".encode()).hexdigest()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_stored_after_later_ones_were_sealed_is_sealed_too() -> None:
    """Two at once: the first makes its event, the second makes and stores one and it is sealed, then the first ends."""
    made, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                make("begun first")
                made.set()
                assert may_end.wait(timeout=20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert made.wait(timeout=20)
    make("stored first")
    assert seal_trail() == 1
    may_end.set()
    thread.join(timeout=20)
    first, second = (Event.objects.get(kind=kind) for kind in ("begun first", "stored first"))
    assert first.pk < second.pk
    assert seal_trail() == 1
    assert verify_trail().sound
    assert verify_trail().events == 2
    rewrite(first, reason="altered")
    assert found() == [(2, "changed", first.pk)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_writers_and_a_sealer_at_once_leave_nothing_unsealed_and_nothing_sealed_twice() -> None:
    ended: list[int] = []

    def write(number: int) -> None:
        try:
            for turn in range(25):
                make(f"{number}, {turn}")
        finally:
            ended.append(number)
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while len(ended) < len(threads):
        seal_trail()
    for thread in threads:
        thread.join(timeout=20)
    seal_trail()
    assert sum(Seal.objects.values_list("count", flat=True)) == Event.objects.count() == 100
    verdict = verify_trail()
    assert (verdict.sound, verdict.unsealed) == (True, [])
