"""Journey 3: two records of one child are found, compared, made one, and made two again."""

from __future__ import annotations

from dataclasses import dataclass

from .sitting import Sitting


@dataclass(frozen=True)
class Pair:
    """The two as the board names them."""

    kept: str
    gone: str


def finds_and_compares(officer: Sitting, pair: Pair) -> None:
    officer.home()
    officer.follow("Records that may be one child")
    officer.look("records that may be one child")
    row = officer.page.locator("main tr", has_text=pair.gone).filter(has_text=pair.kept)
    officer.follow_in(row, "Compare the two")
    said = officer.look("compare the two")
    assert pair.kept in said
    assert pair.gone in said


def makes_one(officer: Sitting, pair: Pair) -> None:
    """Keeping the right one; without a reason nothing happens."""
    officer.follow("One child")
    if pair.kept not in officer.page.locator("main strong").first.inner_text():
        officer.follow("Keep the other record instead")
    officer.look("what a merge does")
    officer.press("Make one record")
    officer.page.wait_for_selector(".govuk-error-summary")
    officer.look("a reason is wanted")
    officer.page.fill("main textarea", "The birth certificate, seen on 3 March")
    officer.press("Make one record")
    assert officer.page.inner_text("h1") == pair.kept
    officer.look("one record")


def makes_two_again(officer: Sitting, pair: Pair) -> None:
    officer.follow("Change")
    officer.look("change the record")
    officer.follow("Undo this merge")
    officer.look("undo the merge")
    officer.page.fill("main textarea", "They are twins, says the register of births")
    officer.press("Make two records again")
    assert officer.page.inner_text("h1") == pair.kept
