"""Tests in a browser wait for what they read."""

from __future__ import annotations

import re

from tests.support.surroundings import ROOT

BARE_CLICK = re.compile(r"\.click\(")


def test_every_click_says_whether_it_leads_to_another_page() -> None:
    told = ROOT / "tests/support/browsing.py"
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path not in (told, ROOT / "tests/architecture/test_browser_tests.py")
        and BARE_CLICK.search(path.read_text("utf-8"))
    ]
    assert found == [], (
        "use follow() or press() of tests/support/browsing.py, so that no page is read while it arrives"
    )
