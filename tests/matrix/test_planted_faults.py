"""A check that cannot fail is a defect: faults are planted in pages of a made-up module, and the matrix must find each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from django.urls import clear_url_caches, set_urlconf
from tests.matrix import leaky_pages, walking
from tests.matrix.cast import Cast
from tests.matrix.expected import Expected, expectations, missing
from tests.matrix.walking import Matrix

from throughline.core.registry.assembly import RegistryError, assemble, installed
from throughline.core.registry.sockets import Module, Page, Permission, Role
from throughline.project import urls
from throughline.web.portals.pages import page_addresses

pytestmark = pytest.mark.django_db
HERE = "tests.matrix.leaky_pages"
FAULTS = (
    "tells_an_address",
    "asks_no_whose",
    "says_that_it_is_there",
    "leaves_no_look",
    "changes_on_a_link",
    "writes_unseen",
    "whispers",
    "dresses_itself",
    "falls_over",
    "keeps_to_itself",
)
PAGES = tuple(
    Page(f"leaky.{name}", f"leaky/{name}/<uuid:child_id>/", f"{HERE}.{name}", "family", "leaky.open")
    for name in FAULTS
)
LEAKY = Module(
    code="leaky",
    label="Leaky",
    roles=(Role("leaker", "Leaker", "Opens leaky pages.", portal="family"),),
    permissions=(Permission("leaky.open", "Open leaky pages", roles=("leaker",)),),
    pages=PAGES,
)


@pytest.fixture
def find(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """``find("tells_an_address", enters={...}, sees={...})``: what the matrix says of a page with that fault."""
    monkeypatch.setattr(
        "throughline.core.access.viewer.Viewer.may",
        lambda self, wanted: wanted in {*self.permissions, "leaky.open"},
    )
    # Addresses of their own, beside those of the installation.
    served = ModuleType("leaky_urls")
    vars(served).update({name: value for name, value in vars(urls).items() if not name.startswith("__")})
    registry = assemble([LEAKY])
    served.urlpatterns = [*urls.urlpatterns, *page_addresses(registry)]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = served
    clear_url_caches()
    set_urlconf(None)
    matrix = Matrix(cast, expectations())

    def found(fault: str, enters: dict[str, tuple[str, ...]], sees: tuple[str, ...] = ()) -> list[str]:
        page = Expected(
            f"leaky.{fault}",
            {"child_id": "child"},
            ("own", "other"),
            enters,
            frozenset(sees),
            {},
            walking.METHODS,
        )
        return matrix.findings(page)

    yield found
    clear_url_caches()


OWN = {"owner": ("own",)}
# For a page that shows the same to every parent, so that only the fault that is looked for is found.
ALL = dict.fromkeys(
    ("owner", "separated", "estranged", "halftold", "neighbour", "stranger"), ("own", "other", "earlier")
)


def test_a_page_without_a_fault_has_no_findings(find: Callable[..., list[str]]) -> None:
    assert find("keeps_to_itself", ALL) == []


def test_a_leaked_address_is_found(find: Callable[..., list[str]]) -> None:
    found = find("tells_an_address", ALL, ("people.address",))
    leaks = [
        line
        for line in found
        if "people.Address.lines of 'own' (people.address) came out in the page" in line
    ]
    assert {line.split("as '")[1].split("'")[0] for line in leaks} == {
        "separated",
        "estranged",
        "halftold",
        "neighbour",
        "stranger",
    }
    assert not any("'owner': people.Address.lines of 'own'" in line for line in found)


def test_a_reference_to_somebody_elses_child_is_found(find: Callable[..., list[str]]) -> None:
    found = find("asks_no_whose", OWN)
    assert any(
        "of 'other' as 'owner': should be answered as if there were nothing there" in line for line in found
    )
    assert any("of 'own' as 'stranger': should be answered as if" in line for line in found)


def test_an_answer_that_gives_away_that_a_child_is_there_is_found(find: Callable[..., list[str]]) -> None:
    found = find("says_that_it_is_there", {})
    assert any(
        "of 'own' as 'owner': should be answered as if there were nothing there" in line for line in found
    )
    assert not any("of 'absent' as 'owner'" in line for line in found)


def test_a_child_shown_without_a_look_in_the_trail_is_found(find: Callable[..., list[str]]) -> None:
    found = find("leaves_no_look", ALL, ("people.identity",))
    assert any("as 'owner': shows 'own' and left no look in the trail" in line for line in found)


def test_a_link_that_changes_the_record_is_found(find: Callable[..., list[str]]) -> None:
    found = find("changes_on_a_link", OWN)
    assert any("GET" in line and "only a form may change the record" in line for line in found)
    assert any(
        "POST" in line and "'stranger': may not, and wrote to ['people_address']" in line for line in found
    )


def test_a_change_that_leaves_no_event_is_found(find: Callable[..., list[str]]) -> None:
    found = find("writes_unseen", ALL)
    assert any(
        "POST" in line and "changed ['people_address'] and left no event in the trail" in line
        for line in found
    )


def test_a_name_in_a_header_is_found(find: Callable[..., list[str]]) -> None:
    found = find("whispers", ALL)
    assert any(
        "people.Child.surname of 'own' (people.identity) came out in headers or cookies" in f for f in found
    )


def test_inline_style_and_a_page_that_may_be_kept_are_found(find: Callable[..., list[str]]) -> None:
    found = find("dresses_itself", ALL)
    assert any("has inline script or style: ' style='" in line for line in found)
    assert any("is not marked no-store" in line for line in found)


def test_a_page_that_falls_over_is_found(find: Callable[..., list[str]]) -> None:
    assert any("should get in, and was answered 500" in line for line in find("falls_over", ALL))


def test_a_page_without_a_policy_is_refused_at_assembly() -> None:
    open_to_all = Page("leaky.open", "leaky/", f"{HERE}.keeps_to_itself", "family")
    with pytest.raises(RegistryError, match="has no policy"):
        assemble([*installed().modules.values(), Module(code="leaky", label="Leaky", pages=(open_to_all,))])


def test_a_page_that_nobody_has_thought_about_fails_with_what_to_add() -> None:
    said = missing(["leaky.new"], expectations())
    assert '[page."leaky.new"]' in said
    assert "enters" in said
    assert missing(["portals.start"], expectations()) == ""


def test_every_planted_page_is_looked_at() -> None:
    views = {name for name, made in vars(leaky_pages).items() if callable(made) and made.__module__ == HERE}
    assert set(FAULTS) == {name for name in views if not name.startswith("_")}
