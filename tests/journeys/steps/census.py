"""Journey 2: a school sends its census; an officer accepts thirty-eight of forty differences, and takes all of it back."""

from __future__ import annotations

from pathlib import Path

from .sitting import Sitting

READ = "An officer at the authority looks at it now"


def sends(office: Sitting, file: Path) -> None:
    """The school's office sends the file, and may close the page."""
    office.home()
    office.menu("Files we send")
    office.look("files we send")
    office.follow("Send a file")
    office.look("send a file")
    office.page.set_input_files("main input[type=file]", str(file))
    office.page.check("main input[value=school_census]")
    office.press("Send this file")
    office.look("sent")
    office.until(READ)
    office.look("read")


def accepts_all_but_two(officer: Sitting, name: str) -> None:
    """The officer finds the file on their first page, accepts all but two differences, and puts them on the record."""
    officer.home()
    officer.follow("Files about children to review")
    officer.look("files")
    officer.follow(name)
    assert "40" in officer.look("a file to review")
    officer.follow("Look at the differences")
    assert "40 differences" in officer.look("differences")
    officer.press("Accept all 40 that are undecided")
    for box in officer.page.locator("main input[name=difference]").all()[:2]:
        box.check(force=True)
    officer.press("Leave what is ticked")
    officer.look("decided")
    officer.home()
    officer.follow("Files about children to review")
    officer.follow(name)
    officer.follow("Put what is accepted on the record")
    assert "38 differences will be put on the record" in officer.look("what will happen")
    officer.press("Put it on the record")
    officer.until("On the record")
    officer.look("on the record")


def takes_it_back(officer: Sitting) -> None:
    """All of it, from the receipt."""
    officer.follow("Take it all back")
    officer.look("take it all back")
    officer.press("Take it all back")
    officer.until("Taken back")
    officer.look("taken back")
