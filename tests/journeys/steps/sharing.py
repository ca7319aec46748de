"""Journeys 1 and 4: asking for more and being granted it for 30 days; and a parent whom a court keeps from knowing."""

from __future__ import annotations

from dataclasses import dataclass

from .sitting import Sitting


@dataclass(frozen=True)
class Asking:
    """Who is brought into whose circle. ``asked`` finds the child, by whatever is typed to find one."""

    child: str
    asked: str
    worker: str
    role: str = "Social worker"


def brings_in(officer: Sitting, scene: Asking) -> None:
    """An officer brings a social worker into the child's circle."""
    officer.home()
    officer.find_child(scene.asked, scene.child)
    officer.look("a record")
    officer.tab("Circle")
    officer.follow("Bring somebody in")
    officer.look("bring somebody in")
    officer.fill("q", scene.worker)
    officer.press("Find")
    officer.page.check(f"text={scene.worker}, {scene.role}")
    officer.fill("because", "To help the family")
    officer.press("Bring them in")
    assert "They are in the circle now." in officer.look("the circle")


def opens(worker: Sitting, scene: Asking) -> str:
    """The social worker's own list leads to the child; what the record says to them."""
    worker.home()
    worker.menu("Children I work with")
    worker.look("children I work with")
    worker.follow(scene.child)
    return worker.look("what the rules grant")


def asks_for_more(worker: Sitting) -> None:
    """From what is withheld, with a reason."""
    worker.open("What you are not shown, and why")
    worker.follow("Ask to see more")
    worker.look("ask to see more")
    worker.page.select_option("main select", "people.youth_justice")
    worker.fill("reason", "Our plan and theirs must not contradict each other")
    worker.press("Send")
    worker.look("asked to see more")


def proposes(officer: Sitting, scene: Asking) -> None:
    """An officer answers by proposing to show it."""
    officer.home()
    officer.follow("People asked to see more")
    officer.look("who asked to see more")
    row = officer.page.locator("main tr", has_text=scene.child).filter(has_text=scene.worker)
    officer.follow_in(row, "Answer")
    officer.look("what was asked")
    officer.follow("Propose to show it")
    officer.look("propose to show it")
    officer.page.fill("main textarea", "They write one plan together")
    officer.press("Propose")
    assert "Waiting for approval" in officer.look("proposed")


def approves(lead: Sitting, scene: Asking) -> None:
    """And another person approves."""
    lead.home()
    lead.follow("Decisions about sharing to approve")
    lead.look("decisions to approve")
    row = lead.page.locator("main tr", has_text=scene.child).filter(has_text=scene.worker)
    lead.follow_in(row, scene.child)
    lead.look("approve")
    lead.page.check("main input[value=approve]")
    lead.press("Save your decision")
    assert "In force" in lead.look("granted")


def the_family_sees(parent: Sitting, scene: Asking, until: str) -> None:
    """Who is involved and what was decided specially, on the family's own page."""
    parent.home()
    parent.follow(f"{scene.child}: the record")
    told = parent.look("the family sees it")
    assert f"{scene.worker} ({scene.role}) may see more than the rules show" in told
    assert f"until {until}." in told


def finds_neither(parent: Sitting, child: str, hidden: tuple[str, ...]) -> None:
    """A parent with a prohibited steps order follows every link there is about the child, and finds nothing of it."""
    parent.home()
    pages = [parent.page.content()]
    parent.follow(f"{child}: the record")
    assert child in parent.look("a parent with a prohibited steps order")
    pages.append(parent.page.content())
    about = parent.page.url
    for address in (f"{about}who-looked/", about.replace("/our-record/", "/children/")):
        parent.page.goto(address)
        pages.append(parent.page.content())
        for tab in ("addresses", "education", "story", "family") if "/children/" in address else ():
            parent.page.goto(f"{address}{tab}/")
            pages.append(parent.page.content())
    for words in hidden:
        assert words
        assert not [page for page in pages if words in page], words
