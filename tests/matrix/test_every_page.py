"""T-MX: every page, as everybody, for everybody's rows, in every way.

On PostgreSQL the same walk is made: what differs between databases (row order, keys, errors) is what leaks by accident.
"""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.matrix.canaries import NO_WORD, declared, unfilled
from tests.matrix.cast import Cast
from tests.matrix.expected import expectations, missing
from tests.matrix.walking import Matrix
from tests.matrix.world import World

from throughline.core.registry.assembly import installed

pytestmark = pytest.mark.django_db
KNOWN = expectations()


@pytest.fixture(scope="module")
def matrix(cast: Cast) -> Matrix:
    return Matrix(cast, KNOWN)


@pytest.mark.parametrize("name", sorted(installed().pages))
def test_a_page_shows_each_person_only_what_is_theirs_to_see(name: str, matrix: Matrix) -> None:
    if name not in KNOWN.pages:
        pytest.fail(f"{name} has no line: {missing([name], KNOWN)}", pytrace=False)
    found = matrix.findings(KNOWN.pages[name])
    if found:
        pytest.fail(f"{len(found)} findings:\n" + "\n".join(found[:40]), pytrace=False)


def test_every_line_of_the_expectations_is_about_a_page_there_is() -> None:
    gone = set(KNOWN.pages) - set(installed().pages)
    assert not gone, f"take these out of tests/matrix/expectations, or mend their names: {sorted(gone)}"


def test_every_address_is_a_declared_page_or_left_out_for_a_reason() -> None:
    unknown = []
    for entry in get_resolver().url_patterns:
        route = str(entry.pattern)
        if isinstance(entry, URLResolver):
            if not KNOWN.excluded.get(route):
                unknown.append(route)
        elif not isinstance(entry, URLPattern) or getattr(entry.callback, "page", None) is None:
            unknown.append(route)
    assert not unknown, f"declare these as pages, or exclude them with a reason: {unknown}"


def test_every_argument_of_every_page_is_given() -> None:
    for page in installed().pages.values():
        wanted = {part.split(":")[-1] for part in _between(page.path)}
        given = set(KNOWN.pages[page.name].arguments) if page.name in KNOWN.pages else wanted
        assert given == wanted, f"{page.name} has the arguments {sorted(wanted)}"


def test_every_role_takes_part(cast: Cast) -> None:
    for code, role in installed().roles.items():
        assert code in cast.actors or role.portal == "family", f"nobody plays {code!r}"
    named = {actor for page in KNOWN.pages.values() for actor in page.enters} | set(KNOWN.grants)
    assert named <= {*cast.actors, "everyone", "signed_in"}, "somebody in the expectations is not in the cast"


def test_every_personal_field_that_can_hold_a_word_holds_a_canary(world: World) -> None:
    empty = unfilled(world.cage, (place for place, _category in declared()))
    assert not empty, f"set canaries free in tests/matrix/world.py, or say in NO_WORD why not: {empty}"


def test_every_excuse_is_about_a_field_there_is() -> None:
    assert set(NO_WORD) <= {place for place, _category in declared()}


def _between(path: str) -> list[str]:
    return [part.split(">")[0] for part in path.split("<")[1:]]
