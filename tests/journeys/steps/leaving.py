"""Journey 5: a designated teacher leaves, and what they had open shows nothing more."""

from __future__ import annotations

from .sitting import Sitting


def opens_a_pupil(teacher: Sitting, which: str) -> tuple[str, str]:
    """The record of the first pupil listed with these words: the name, and the address of the page that is left open."""
    teacher.home()
    teacher.menu("Pupils")
    teacher.look("pupils")
    teacher.follow_in(teacher.page.locator("main table tbody tr", has_text=which).first, "")
    teacher.look("a pupil")
    return str(teacher.page.inner_text("h1")), str(teacher.page.url)


def ends_the_post(administrator: Sitting, who: str) -> None:
    """The school's own administrator says that they leave today."""
    administrator.home()
    administrator.menu("Staff and accounts")
    administrator.look("staff and accounts")
    administrator.follow_in(administrator.page.locator("main tr", has_text=who), "They leave")
    administrator.look("they leave")
    administrator.press("End the post")
    administrator.look("the post has ended")
    assert administrator.page.locator("main tr", has_text=who).count() == 0
