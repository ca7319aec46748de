"""A real browser: pages opened, checked for accessibility, and kept as pictures."""

from __future__ import annotations

import re
from typing import Any

from .surroundings import AXE, ROOT

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = ROOT / "build/screenshots"


def follow(page: Any, where: Any) -> None:
    """Click what leads to another page, and be there, whole, before anything is read of it.

    A click comes back when the mouse is up, while the answer may still be on its way: what is then read is the page
    before, or half of the next one.
    """
    with page.expect_navigation():
        press(page, where)


def press(page: Any, where: Any) -> None:
    """Click what stays on its page, or starts a download. ``where`` is a selector or something already found."""
    (page.locator(where).first if isinstance(where, str) else where).click()


def axe(page: Any, *ignoring: str) -> None:
    """Fail with every accessibility fault that axe-core finds on the page.

    The script is run by the browser's own debugging door, because the page's security policy rightly refuses it as
    part of the page.
    """
    # A page that is still arriving has no main part yet, and would be blamed for it.
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("async () => await axe.run(document, {resultTypes: ['violations']})")
    faults = [fault for fault in result["violations"] if fault["id"] not in ignoring]
    lines = [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {node['html'][:200]}"
        for fault in faults
        for node in fault["nodes"]
    ]
    assert not lines, f"{page.url} is not accessible:\n" + "\n".join(lines)


def shot(page: Any, name: str) -> None:
    """Keep the whole page as a picture in build/screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", full_page=True)
