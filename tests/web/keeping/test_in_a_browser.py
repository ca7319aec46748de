"""The pages of keeping and disposing, looked at in a browser at both widths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.core.retention.scene import make_scene
from tests.support.officers import client_of, member

from throughline.core.access.viewer import viewer_for
from throughline.core.retention.actions.disposals import propose_disposal
from throughline.core.retention.models import Certificate, Disposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_pages_of_keeping_are_accessible_and_fit_a_phone(
    live: str, browser: Any, axe: Any, shot: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_ROOT = tmp_path
    scene = make_scene()
    officer, lead = member("records_officer", "An Officer"), member("safeguarding_lead", "A Lead")
    Certificate.append(
        reference="D-SHOWN",
        proposed_by="An Officer",
        approved_by="A Lead",
        retention=["main"],
        digest="0" * 64,
    )
    look(
        browser,
        live,
        officer,
        ["keeping.periods", "keeping.due", "keeping.parts", "keeping.certificates"],
        axe,
        shot,
    )
    propose_disposal(by=viewer_for(officer), children=[scene.child.pk], reason="Kept for long enough")
    row = Disposal.objects.get()
    look(browser, live, lead, ["keeping.disposals", ("keeping.disposal", row.pk)], axe, shot)


def look(browser: Any, live: str, user: Any, pages: list[Any], axe: Any, shot: Any) -> None:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    session = client_of(user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live}])
    page = context.new_page()
    for wanted in pages:
        name, *args = wanted if isinstance(wanted, tuple) else (wanted,)
        page.goto(live + reverse(name, args=args))
        for width in (1440, 375):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page, "region")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            shot(page, f"{name} {width}")
    context.close()
