"""Many rows go the way that is fast for the database, few go Django's: what is stored and what the trail says is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Upper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.people import TEST

from throughline.core.audit import adding
from throughline.core.audit.change import change
from throughline.core.audit.models import Event, Line
from throughline.core.audit.tables import Guarded, new_key
from throughline.core.exchange.proposal_tables import Layout
from throughline.core.organisations.models import School
from throughline.core.people.models import Child, Enrolment

pytestmark = pytest.mark.django_db
# Nothing is below the one or above the other, so that a handful of rows goes either way.
PLAINLY, AS_DJANGO = 1, 1_000_000

texts = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=20
) | st.sampled_from(["\\N", "\\.", "a\tb", "a\nb", "'; --", "\\", '"', "%s", ""])
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
layouts = st.fixed_dictionaries(
    {
        "name": texts,
        "mapping": st.dictionaries(texts, plain, max_size=3),
        "drawn_by": texts,
        "drawn_at": moments,
        "version": st.integers(0, 30_000),
    }
)
children = st.fixed_dictionaries(
    {"forename": texts, "surname": texts, "born": days, "upn": st.sampled_from(["", "H801200001001"])}
)


def both_ways(monkeypatch: Any, table: type[Guarded], act: Callable[[], None]) -> list[Any]:
    """What the table and the trail say after the act, done plainly and as Django does it."""
    found: list[Any] = []
    for many in (PLAINLY, AS_DJANGO):
        with monkeypatch.context() as now, transaction.atomic():
            now.setattr(adding, "MANY", many)
            seen = set(Line.objects.values_list("pk", flat=True))
            act()
            lines = Line.objects.exclude(pk__in=seen).order_by("id")
            said = list(
                lines.values_list(
                    "event__kind", "table", "object_id", "child_id", "fields", "before", "after"
                )
            )
            found.append((list(table.objects.order_by("pk").values()), said))
            transaction.set_rollback(True)
    return found


def keyed(table: type[Guarded], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    unique = {"reference": lambda at: f"C-{at}"} if table is Child else {"version": lambda at: at + 1}
    return [
        {"id": new_key(), **row, **{n: make(at) for n, make in unique.items()}} for at, row in enumerate(rows)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_rows_that_are_added_plainly_are_those_that_django_would_add(data: Any, monkeypatch: Any) -> None:
    table, drawn = data.draw(st.sampled_from([(Layout, layouts), (Child, children)]))
    values = keyed(table, data.draw(st.lists(drawn, min_size=1, max_size=6)))

    def act() -> None:
        with change("added", by=TEST):
            rows = table.objects.bulk_create([table(**each) for each in values])
            assert not any(row._state.adding for row in rows)

    plainly, as_django = both_ways(monkeypatch, table, act)
    assert plainly == as_django
    assert len(plainly[1]) == len(values)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_rows_that_are_changed_plainly_are_those_that_django_would_change(
    data: Any, monkeypatch: Any
) -> None:
    table, drawn = data.draw(st.sampled_from([(Layout, layouts), (Child, children)]))
    values = keyed(table, data.draw(st.lists(drawn, min_size=1, max_size=6)))
    names = data.draw(
        st.lists(
            st.sampled_from(sorted(set(values[0]) - {"id", "version", "reference"})), min_size=1, unique=True
        )
    )
    becomes = [data.draw(drawn) for _row in values]

    def act() -> None:
        with change("added", by=TEST):
            rows = table.objects.bulk_create([table(**each) for each in values])
        with change("changed", by=TEST):
            for row, new in zip(rows, becomes, strict=True):
                for name in names:
                    setattr(row, name, new[name])
            assert table.objects.bulk_update(rows, names) == len(rows)

    plainly, as_django = both_ways(monkeypatch, table, act)
    assert plainly == as_django
    assert [line[4] for line in plainly[1] if line[0] == "changed"] == [sorted(names)] * len(values)


def test_a_row_that_points_to_another_is_added_plainly_too(monkeypatch: Any) -> None:
    with change("made", by=TEST):
        child = Child.objects.create(reference="C-1", forename="A", surname="B", born=date(2015, 1, 1))
        school = School.objects.create(name="Ash", la_code="820", establishment_number="2001")
    key = new_key()

    def act() -> None:
        with change("added", by=TEST):
            Enrolment.objects.bulk_create(
                [Enrolment(id=key, child=child, school=school, since=date(2020, 9, 1))]
            )

    plainly, as_django = both_ways(monkeypatch, Enrolment, act)
    assert plainly == as_django
    assert plainly[1][0][3] == child.pk


def test_what_the_database_is_to_work_out_goes_djangos_way(monkeypatch: Any) -> None:
    monkeypatch.setattr(adding, "MANY", 1)
    with change("added", by=TEST):
        (row,) = Layout.objects.bulk_create([Layout(name=Upper(Value("ash")), mapping={}, drawn_by="x")])
    assert (row.pk, "ASH") == Layout.objects.values_list("pk", "name").get()


def test_a_row_that_may_not_be_is_refused_and_leaves_nothing(monkeypatch: Any) -> None:
    monkeypatch.setattr(adding, "MANY", 1)
    two = [Layout(name="Ash", version=1, mapping={}, drawn_by="x") for _ in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic(), change("added", by=TEST):
        Layout.objects.bulk_create(two)
    assert not Layout.objects.exists()
    assert not Event.objects.filter(kind="added").exists()


def test_a_long_trail_is_written_whole_and_in_order() -> None:
    wanted = [f"Layout {at:04}" for at in range(3 * adding.MANY)]
    with change("added", by=TEST):
        made = Layout.objects.bulk_create([Layout(name=name, mapping={}, drawn_by="x") for name in wanted])
    lines = Line.objects.filter(event__kind="added").order_by("id").values_list("object_id", flat=True)
    assert list(lines) == [str(row.pk) for row in made]
