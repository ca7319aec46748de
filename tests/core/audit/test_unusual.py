"""Looking that is out of the ordinary is found, and ordinary looking is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.audit.unusual import FEW, Finding, Limit, Look, Suspicion, longest, unusual

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MANY = Limit("many", "children", most=3, within=10 * MINUTE)
CROWD = Limit("crowd", "people", most=3, within=timedelta(days=1))
NOSY = UUID(int=1)


def key(number: int) -> UUID:
    return UUID(int=1000 + number)


def opened(minutes: float, child: int, actor: UUID = NOSY, page: UUID | None = None) -> Look:
    return Look(page or uuid4(), NINE + minutes * MINUTE, actor, key(child))


def codes(looks: list[Look], *limits: Limit) -> list[tuple[str, int]]:
    return [(each.code, each.count) for each in unusual(looks, limits)]


# Each: minutes at which different children were opened, and how many within ten minutes is told (0: nothing).
BURSTS = {
    "as many as the limit": ([0, 1, 2], 0),
    "one more": ([0, 1, 2, 3], 4),
    "one more, a moment before the ten minutes end": ([0, 1, 2, 9.99], 4),
    "one more, when the ten minutes are over": ([0, 1, 2, 10], 0),
    "slowly all day": ([n * 4 for n in range(60)], 0),
    "slowly, then five at once": ([0, 30, 60, 60.1, 60.2, 60.3, 60.4], 5),
}


@pytest.mark.parametrize("case", BURSTS)
def test_many_different_children_in_a_short_time_are_told(case: str) -> None:
    minutes, count = BURSTS[case]
    looks = [opened(minute, child) for child, minute in enumerate(minutes)]
    assert codes(looks, MANY) == ([("many", count)] if count else [])


def test_one_child_opened_again_and_again_is_one_child() -> None:
    assert codes([opened(n / 10, 7) for n in range(50)], MANY) == []


def test_a_list_is_one_task_and_not_looking_at_each_child() -> None:
    page = uuid4()
    assert codes([opened(0, child, page=page) for child in range(50)], MANY) == []
    few = uuid4()
    assert codes([opened(0, child, page=few) for child in range(FEW)], MANY) == [("many", FEW)]


def test_many_different_people_at_one_child_are_told_with_when_it_began_and_ended() -> None:
    looks = [opened(n * 60, 7, key(n)) for n in range(5)]
    (found,) = unusual(looks, [CROWD])
    assert found == Finding("crowd", None, key(7), 5, NINE, NINE + 240 * MINUTE, 3)
    assert codes([opened(n * 60, 7, key(n)) for n in range(3)], CROWD) == []
    assert codes([opened(n * 600, 7, key(n)) for n in range(9)], CROWD) == []


def test_what_is_nobodys_business_is_told_however_rare() -> None:
    asked: list[int] = []

    def own_family(pairs):
        asked.append(len(pairs))
        return {pair for pair in pairs if pair == (NOSY, key(3))}

    looks = [opened(n, n % 5) for n in range(10)]
    (found,) = unusual(looks, [], [Suspicion("family", own_family)])
    assert (found.code, found.actor_id, found.child_id, found.count) == ("family", NOSY, key(3), 2)
    assert (found.first, found.last) == (NINE + 3 * MINUTE, NINE + 8 * MINUTE)
    assert asked == [5]


def test_looks_are_needed_as_far_back_as_the_longest_limit_reaches() -> None:
    assert longest([MANY, CROWD]) == timedelta(days=1)
    assert longest([]) == timedelta()


LOOKS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.integers(0, 3)), max_size=40)


@given(LOOKS, st.randoms())
def test_the_order_of_looks_and_a_slow_count_agree(drawn, random) -> None:
    looks = [opened(minute, child, key(actor)) for minute, child, actor in drawn]
    shuffled = list(looks)
    random.shuffle(shuffled)
    found = {each.actor_id: each.count for each in unusual(shuffled, [MANY])}
    slow: dict[UUID, int] = {}
    for look in looks:
        near = [
            other
            for other in looks
            if other.actor_id == look.actor_id and timedelta() <= look.at - other.at < MANY.within
        ]
        slow[look.actor_id] = max(slow.get(look.actor_id, 0), len({other.child_id for other in near}))
    assert found == {actor: count for actor, count in slow.items() if count > MANY.most}
