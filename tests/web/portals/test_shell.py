"""What surrounds every page: policy, menu, language, security headers, statements, errors, health."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.test import Client, RequestFactory

from throughline.core.access.models import User
from throughline.core.audit.change import change
from throughline.core.organisations.models import Authority
from throughline.core.registry.sockets import Card, HomeItem, MenuItem, Module, Page, Permission
from throughline.web.components import authority
from throughline.web.components.authority import authority_shown, forget_authority
from throughline.web.portals import errors, home
from throughline.web.portals.context import menu
from throughline.web.portals.module import MODULE
from throughline.web.portals.shells import SHELLS

PUBLIC = ["/", "/accessibility/", "/privacy/", "/cookies/", "/language/"]
BEFORE = ["/sign-in/", "/sign-in/family/", "/sign-in/staff/", "/sign-in/closed/"]
SIGNED_IN = ["/home/", "/signed-in/", "/sign-in/out/"]
SECOND_STEP = [
    "/sign-in/second-step/yours/",
    "/sign-in/second-step/app/remove/",
    "/sign-in/second-step/passkeys/add/",
    "/sign-in/second-step/again/",
]


class Facts(HTMLParser):
    """What the house asks of every page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.title = re.search(r"<title>([^<]+)</title>", page)
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def check(self) -> None:
        tags = [tag for tag, _ in self.seen]
        assert tags.count("h1") == 1, tags
        assert self.title
        assert self.title.group(1).strip()
        assert dict(self.seen)["html"].get("lang")
        for tag, attrs in self.seen:
            assert "style" not in attrs, (tag, attrs)
            assert not [name for name in attrs if name.startswith("on")], (tag, attrs)
            assert tag != "style"
            assert tag != "script" or attrs.get("src"), attrs


@pytest.mark.parametrize("address", PUBLIC + BEFORE)
def test_a_page_for_everybody_is_whole_and_holds_no_script_or_style(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    Facts(answer.text).check()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", SIGNED_IN + SECOND_STEP)
def test_a_page_for_staff_is_whole_and_holds_no_script_or_style(staff_client: Client, address: str) -> None:
    answer = staff_client.get(address)
    assert answer.status_code == 200
    Facts(answer.text).check()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", SIGNED_IN)
def test_a_page_for_families_is_whole(family_client: Client, address: str) -> None:
    answer = family_client.get(address)
    assert answer.status_code == 200
    Facts(answer.text).check()


def test_the_steps_between_are_whole(
    client: Client, sam: User, new_starter: User, password_step: Any
) -> None:
    client.post("/sign-in/family/", {"email": "rhian@example.org"})
    Facts(client.get("/sign-in/family/code/").text).check()
    password_step(client, sam.email)
    Facts(client.get("/sign-in/second-step/").text).check()
    password_step(client, new_starter.email)
    for address in ("/sign-in/second-step/yours/", "/sign-in/second-step/app/"):
        Facts(client.get(address).text).check()


@pytest.mark.parametrize("address", [*SECOND_STEP, "/sign-in/staff/password/"])
def test_a_family_account_finds_nothing_where_staff_pages_are(family_client: Client, address: str) -> None:
    forbidden = family_client.get(address)
    absent = family_client.get("/there-is-nothing-here/")
    assert (forbidden.status_code, forbidden.content) == (404, absent.content)
    assert absent.headers["Content-Security-Policy"] == forbidden.headers["Content-Security-Policy"]


@pytest.fixture
def with_a_staff_page(serve: Any) -> Page:
    """A page that only staff with one permission may open, as a module would declare it."""
    found = Page("test.round", "round/", f"{home.__name__}.cookies", "staff", "access.manage")
    serve(MODULE, *_modules(found))
    return found


def _modules(page: Page) -> list[Module]:
    words = {
        "permissions": (Permission("access.manage", "x"), Permission("other.see", "y")),
        "pages": (page,),
    }
    everybody = Page("test.everybody", "everybody/", page.view, "staff", open_to_portal=True)
    other = Page("test.other", "other/", page.view, "staff", "other.see")
    items = (MenuItem("staff", "Round", "test.round"), MenuItem("staff", "Other", "test.other"))
    cards = (Card("staff", f"{__name__}.card"), Card("public", f"{__name__}.public_card"))
    return [
        Module(code="test", label="Test", **words, menu=items, cards=cards),
        Module("more", "More", pages=(other, everybody)),
    ]


def card(viewer: Any) -> list[HomeItem]:
    late = HomeItem("Answer Rhian", "/round/", due=date(2026, 1, 2), tag="Late")
    soon = HomeItem("Check Bryn", "/round/", due=date(2025, 1, 2))
    urgent = HomeItem("Look at this now", "/round/", urgent=True)
    return [HomeItem("Rounds", "/round/", count=1204), late, soon, urgent]


def public_card(viewer: Any) -> list[HomeItem]:
    assert viewer is None
    return [HomeItem("Apply for a school place", "/apply/")]


def test_a_family_account_and_nobody_at_all_cannot_open_a_staff_page(
    with_a_staff_page: Page, family_client: Client
) -> None:
    forbidden, absent = family_client.get("/round/"), family_client.get("/nothing/")
    assert (forbidden.status_code, forbidden.content) == (404, absent.content)
    assert Client().get("/round/").headers["Location"] == "/sign-in/staff/?next=%2Fround%2F"


def test_a_page_for_all_staff_is_still_only_for_staff(with_a_staff_page: Page, family_client: Client) -> None:
    forbidden, absent = family_client.get("/everybody/"), family_client.get("/nothing/")
    assert (forbidden.status_code, forbidden.content) == (404, absent.content)


def test_staff_without_the_permission_are_answered_the_same(
    with_a_staff_page: Page, staff_client: Client
) -> None:
    assert staff_client.get("/round/").status_code == 200
    with change("role emptied", by=_somebody()):
        for membership in User.objects.get().memberships.all():
            membership.role.permissions = []
            membership.role.save()
    forbidden, absent = staff_client.get("/round/"), staff_client.get("/nothing/")
    assert (forbidden.status_code, forbidden.content) == (404, absent.content)


def test_the_menu_holds_only_pages_the_viewer_may_open(with_a_staff_page: Page, viewer: Any) -> None:
    request = RequestFactory().get("/round/")
    shown = menu(request, viewer("access.manage")) if with_a_staff_page else []
    assert [(str(item["text"]), item["current"]) for item in shown] == [("Home", False), ("Round", True)]


def test_home_puts_what_is_due_first(with_a_staff_page: Page, staff_client: Client) -> None:
    page = staff_client.get("/home/").text
    assert page.index("Check Bryn") < page.index("Answer Rhian") < page.index("Look at this now")
    assert page.index("Look at this now") < page.index("Rounds")
    assert "1,204" in page
    assert "By 2 January 2026" in page


def test_the_start_page_shows_what_modules_offer_everybody(with_a_staff_page: Page, client: Client) -> None:
    assert "Apply for a school place" in client.get("/").text


def test_an_empty_home_says_what_would_be_there(
    family_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "items_for", lambda *_: [])
    assert str(SHELLS["family"].empty) in family_client.get("/home/").text


def test_welsh_is_chosen_by_a_form_and_kept(client: Client) -> None:
    client.get("/language/?language=cy")
    assert 'lang="en-gb"' in client.get("/").text.lower()
    done = client.post("/language/", {"language": "cy", "next": "/cookies/"})
    assert done.headers["Location"] == "/cookies/"
    assert '<html lang="cy"' in client.get("/cookies/").text
    assert client.post("/language/", {"language": "xx"}).status_code == 400


def test_a_single_language_offers_no_choice(client: Client, settings: Any) -> None:
    assert 'class="tl-languages"' in client.get("/").text
    settings.LANGUAGES = settings.LANGUAGES[:1]
    assert 'class="tl-languages"' not in client.get("/").text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_no_page_of_ours_sends_anybody_to_another_site(family_client: Client, elsewhere: str) -> None:
    assert family_client.post("/language/", {"language": "cy", "next": elsewhere}).headers["Location"] == "/"
    assert family_client.get("/sign-in/", {"next": elsewhere}).headers["Location"] == "/home/"
    assert elsewhere not in Client().get("/sign-in/family/", {"next": elsewhere}).text


def test_alive_asks_neither_the_database_nor_a_session(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/alive", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.text) == (200, "alive\n")
    assert not answer.cookies


def test_a_request_without_an_address_is_still_answered(client: Client) -> None:
    assert client.get("/", REMOTE_ADDR="").status_code == 200


def test_a_form_without_its_key_is_refused_with_what_was_kept(sam: User) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/family/", {"email": "a@example.org"})
    assert answer.status_code == 403
    assert "Everything you saved before is kept" in answer.text
    Facts(answer.text).check()


def test_our_own_mistake_is_called_that_and_shows_nothing_of_it(client: Client, monkeypatch: Any) -> None:
    def broken(*_: Any) -> list[HomeItem]:
        raise ValueError("the secret of this fault")

    monkeypatch.setattr(home, "items_for", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "This is our mistake" in answer.text
    assert "secret" not in answer.text
    Facts(answer.text).check()


def test_a_request_we_cannot_read_is_answered_in_words(client: Client) -> None:
    request = RequestFactory().get("/")
    request.user = User()
    answer = errors.bad_request(request, SuspiciousOperation())
    assert answer.status_code == 400
    Facts(answer.content.decode()).check()


def test_pages_carry_the_authority_on_record(client: Client) -> None:
    with change("authority set up", by=_somebody()):
        Authority.objects.create(code="999", name="Dyffryn Council", ours=True, colour="#003078")
    forget_authority()
    assert "Dyffryn Council" in client.get("/").text
    assert "#003078" in client.get("/look/brand.css").text


def test_the_authority_is_asked_for_once_a_minute(django_assert_num_queries: Any) -> None:
    with change("authority set up", by=_somebody()):
        Authority.objects.create(code="999", name="Dyffryn Council", ours=True)
    with django_assert_num_queries(1):
        names = {authority_shown()["name"] for _ in range(3)}
    assert names == {"Dyffryn Council"}


def test_pages_are_readable_while_the_database_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise DatabaseError

    monkeypatch.setattr(authority, "our_authority", silent)
    assert authority_shown()["name"] == "Local authority"


def _somebody() -> Any:
    return type(
        "By", (), {"actor_id": None, "actor_label": "the test", "may": lambda self, permission: True}
    )()
