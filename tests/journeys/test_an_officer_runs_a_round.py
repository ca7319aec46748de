"""A round from an officer's desk, in a real browser: from setting up to the re-allocation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.support.admissions import Family, World, families, small_world
from tests.support.browsing import follow
from tests.support.officers import MANAGER, client_of, member

from throughline.core.access.models import User
from throughline.core.work.worker import Worker
from throughline.modules.admissions.models import Offer, Round, Run

pytestmark = pytest.mark.browser
WIDTHS = (1440, 375)
CLAIM = {("Wren", "sibling"): "Her brother Huw is in Year 3.", (None, "service_family"): "Her mother serves."}
FAMILIES = [
    Family("Ffion", ["Wren", "Mill"], 900, CLAIM),
    Family("Gwen", ["Wren", "Mill"], 300),
    Family("Hal", ["Wren", "Mill"], 700),
    Family("Idris", ["Wren", "Holy", "Mill"], 950),
    Family("Jac", ["Wren", "Mill"], 980),
]


class Desk:
    """One officer's browser: goes somewhere, presses something, and has every page looked over."""

    def __init__(self, window: Any, live: str, axe: Callable[..., None], shot: Callable[..., None]) -> None:
        self.window, self.live, self.axe, self.shot = window, live, axe, shot

    def look(self, name: str) -> str:
        """Every page: accessible, and without sideways scrolling, at a desk's and a phone's width."""
        for width in WIDTHS:
            self.window.set_viewport_size({"width": width, "height": 900})
            self.axe(self.window, "region")
            assert self.window.evaluate("document.documentElement.scrollWidth") <= width, self._wide(width)
            self.shot(self.window, f"officer {name} {width}")
        return str(self.window.inner_text("main"))

    def _wide(self, width: int) -> str:
        """What sticks out of the page, outside the parts that scroll by themselves."""
        script = (
            "w => [...document.querySelectorAll('body *')].filter(e => !e.closest('tbody') &&"
            " e.getBoundingClientRect().right > w).map(e => e.outerHTML.slice(0, 160)).join('\\n')"
        )
        return f"{self.window.url} is wider than {width}: {self.window.evaluate(script, width)}"

    def go(self, path: str, name: str) -> str:
        self.window.set_viewport_size({"width": WIDTHS[0], "height": 900})
        answer = self.window.goto(self.live + path)
        assert answer.status == 200, (path, answer.status)
        return self.look(name)

    def press(self, words: str) -> None:
        follow(self.window, f"main button:has-text('{words}')")

    def follow(self, words: str) -> None:
        follow(self.window, f"main a:has-text('{words}')")


@pytest.fixture
def desk(browser: Any, live: str, axe: Any, shot: Any) -> Iterator[Callable[[User], Desk]]:
    """``desk(user)``: a browser of their own, signed in."""
    opened = []

    def sit(user: User) -> Desk:
        context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
        opened.append(context)
        context.add_cookies(
            [{"name": "sessionid", "value": client_of(user).session.session_key, "url": live}]
        )
        return Desk(context.new_page(), live, axe, shot)

    yield sit
    for context in opened:
        context.close()


def set_up(nia: Desk) -> None:
    """A round is set up by hand, with one mistake on the way."""
    nia.go("/admissions/", "rounds")
    nia.follow("Set up a round")
    window = nia.window
    window.fill("[name=name]", "Reception 2031")
    window.select_option("[name=phase]", "reception")
    window.fill("[name=entry_year]", "2031")
    days = {
        "born_from": (1, 9, 2026),
        "born_to": (31, 8, 2027),
        "opens": (1, 9, 2030),
        "closes": (15, 8, 2030),
        "late_until": (31, 1, 2031),
        "offer_day": (16, 4, 2031),
        "reply_by": (30, 4, 2031),
    }
    for name, (day, month, year) in days.items():
        for part, value in (("day", day), ("month", month), ("year", year)):
            window.fill(f"[name={name}_{part}]", str(value))
    nia.press("Save the round")
    assert "The closing date must be after the day applications open." in nia.look("round refused")
    window.fill("[name=closes_year]", "2031")
    window.fill("[name=closes_month]", "1")
    nia.press("Save the round")
    assert "The round is set up." in nia.look("round set up")
    assert Round.objects.filter(name="Reception 2031").exists()


def decide_evidence(nia: Desk, round: str) -> None:
    assert "2 claims are waiting" in nia.go(f"{round}evidence/", "evidence")
    nia.follow("Begin with the oldest")
    nia.look("claim")
    nia.press("Save and go to the next")
    assert "Choose an answer" in nia.look("claim refused")
    for _each in range(2):
        nia.window.check("[name=decision][value=yes]")
        nia.window.fill("[name=reason]", "Seen.")
        nia.press("Save and go to the next")
    assert "Nothing more is waiting here." in nia.look("evidence done")


def run_it(nia: Desk, round: str, kind: str, name: str) -> Run:
    nia.go(f"{round}runs/", f"{name} asked")
    nia.window.check(f"[name=kind][value={kind}]")
    nia.press("Run now")
    assert "You can leave this page" in nia.look(f"{name} under way")
    Worker().run_until_idle()
    run = Run.objects.latest("asked_at")
    assert "The independent checker found nothing wrong." in nia.go(f"/admissions/runs/{run.pk}/", name)
    return run


def read_the_runs(nia: Desk, world: World, first: Run, second: Run) -> None:
    path = f"/admissions/runs/{second.pk}/"
    nia.go(f"/admissions/runs/{first.pk}/compare/{second.pk}/", "compare")
    assert "Gwen Test" in nia.go(f"{path}schools/{world.school('Wren').pk}/", "school in run")
    nia.go(f"{path}schools/{world.school('Wren').pk}/?list=waiting", "school waiting")
    why = nia.go(f"{path}children/{world.children['Idris']}/", "child in run")
    assert "What the family is told" in why
    assert "identical" in nia.go(f"{path}replay/", "replay")


def read_applications(nia: Desk, round: str) -> None:
    nia.go(round, "round")
    assert "5 applications" in nia.go(f"{round}applications/?state=live", "board")
    for name, picture in (("nobody", "board empty"), ("Ffion", "board found")):
        nia.go(f"{round}applications/", "board")
        nia.window.fill("[name=search]", name)
        nia.press("Apply filters")
        assert name not in nia.window.url, "a name stands in no address"
        nia.look(picture)
    nia.follow("Ffion Test")
    assert "Children who have a brother or sister at the school" in nia.look("application")
    nia.follow("Set it aside as a duplicate")
    nia.look("set aside")
    nia.go(f"{round}tests/", "tests")
    nia.go(f"{round}applications/new/", "find child empty")
    nia.window.fill("[name=search]", "Gwen")
    nia.press("Find")
    assert "Gwen" not in nia.window.url, "a name stands in no address"
    nia.look("find child")
    nia.follow("Gwen Test")
    nia.look("enter application")


def release_it(nia: Desk, owen: Desk, round: str, run: Run) -> None:
    nia.go(f"/admissions/runs/{run.pk}/propose/", "propose")
    nia.window.check("[name=sure]")
    nia.press("Propose this run")
    assert "A second person can release it" in nia.look("proposed")
    assert "You proposed this run" in nia.go(f"{round}release/", "release by proposer")
    assert "Nia Price has proposed a run" in owen.go("/home/", "home")
    owen.go(f"{round}release/", "release")
    owen.window.check("[name=sure]")
    owen.press("Release these offers")
    assert "The offers are released." in owen.look("released")


def reallocate(nia: Desk, owen: Desk, world: World, round: str) -> None:
    for name, reply in (("Gwen", "decline"), ("Hal", "accept")):
        offer = Offer.objects.get(child_id=world.children[name], state="made")
        nia.go(f"/admissions/offers/{offer.pk}/reply/", f"reply {reply}")
        nia.window.check(f"[name=reply][value={reply}]")
        nia.press("Record the reply")
    assert "1 school has a free place and children waiting" in nia.go(
        f"{round}waiting-lists/", "waiting lists"
    )
    nia.go(f"{round}waiting-lists/{world.school('Wren').pk}/", "waiting list")
    again = run_it(nia, round, "reallocation", "re-allocation")
    owen.go(f"/admissions/runs/{again.pk}/release/", "release re-allocation")
    owen.window.check("[name=sure]")
    owen.press("Offer these places")
    assert "The places are offered." in owen.look("re-allocation released")
    offer = Offer.objects.get(child_id=world.children["Ffion"], state="made")
    owen.go(f"/admissions/offers/{offer.pk}/withdraw/", "withdraw offer")


def test_a_round_from_setting_up_to_the_re_allocation(live: str, desk: Callable[[User], Desk]) -> None:
    world = small_world()
    families(world, FAMILIES)
    round = f"/admissions/{world.round.pk}/"
    nia, owen = desk(member(MANAGER, "Nia Price")), desk(member(MANAGER, "Owen Hart"))
    set_up(nia)
    read_applications(nia, round)
    first = run_it(nia, round, "dry", "dry run")
    decide_evidence(nia, round)
    second = run_it(nia, round, "offer", "offer run")
    read_the_runs(nia, world, first, second)
    release_it(nia, owen, round, second)
    reallocate(nia, owen, world, round)
    # The place that Gwen declined went to the first who waited for it, who gave up the lesser place.
    hal = {
        offer.state: offer.school.name.split()[0]
        for offer in Offer.objects.filter(child_id=world.children["Hal"])
    }
    assert hal == {"replaced": "Mill", "made": "Wren"}
