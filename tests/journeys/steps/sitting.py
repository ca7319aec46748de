"""Somebody's own window: what they follow, press and read, and how each page they come to is looked over."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.support.browsing import follow, press

# How long the worker may take over a file or a pack on a busy machine.
PATIENCE = 120.0

Look = Callable[[Any, str], None]


class Sitting:
    """A person at a browser. ``look`` is told the page and a name for it, and fails with every fault it finds."""

    def __init__(self, page: Any, live: str, look: Look) -> None:
        self.page, self.live, self._look = page, live, look

    def home(self) -> None:
        """Where everybody begins."""
        self.page.goto(f"{self.live}/home/")

    def look(self, name: str) -> str:
        """Look the page over; what it says."""
        self._look(self.page, name)
        return self.said()

    def said(self) -> str:
        """What the page says in its main part."""
        return str(self.page.inner_text("main"))

    def menu(self, words: str) -> None:
        """Follow the menu at the top of every page."""
        follow(self.page, self.page.locator("nav[aria-label=Menu] a", has_text=words).first)

    def follow(self, words: str) -> None:
        """Follow a link of the page itself."""
        follow(self.page, self.page.locator("main a", has_text=words).first)

    def tab(self, words: str) -> None:
        """Turn to a part of a record; on a phone the parts are a list that opens."""
        found = self.page.locator("nav.moj-sub-navigation a", has_text=words).first
        if not found.is_visible():
            press(self.page, "summary.tl-parts__present")
        follow(self.page, found)

    def follow_in(self, part: Any, words: str) -> None:
        """Follow a link within a part of the page that was found, such as a row."""
        follow(self.page, part.locator("a", has_text=words).first)

    def press(self, words: str, nth: int = 0) -> None:
        """Press a button that leads to another page."""
        follow(self.page, self.page.locator("main button, main a[role=button]", has_text=words).nth(nth))

    def open(self, words: str) -> None:
        """Open what is folded away on this page."""
        press(self.page, self.page.locator("summary", has_text=words))

    def fill(self, name: str, value: str) -> None:
        self.page.fill(f"main [name={name}]", value)

    def find_child(self, asked: str, shown: str) -> None:
        """By the page for finding children, from the menu."""
        self.menu("Find a child")
        self.fill("q", asked)
        self.press("Find")
        self.follow(shown)

    def until(self, *words: str) -> str:
        """Ask for the page again until it says one of these: something is being done in the background."""
        last = time.monotonic() + PATIENCE
        while not any(each in self.said() for each in words):
            assert time.monotonic() < last, f"{self.page.url} never said {words}: {self.said()[:500]}"
            self.page.reload()
        return self.said()
