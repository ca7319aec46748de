"""Several documents added in a real browser: chosen on a phone without JavaScript, dragged at a desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.support import drawable
from tests.support.browsing import follow

from throughline.core.documents.models import Document
from throughline.core.documents.previews import draw
from throughline.core.people.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = {"desk": ({"width": 1440, "height": 900}, True), "phone": ({"width": 375, "height": 740}, False)}
DROP = """([name, size]) => {
  const carried = new DataTransfer();
  for (const each of [1, 2]) carried.items.add(new File(["Words " + each], each + name, {type: "text/plain"}));
  carried.items.add(new File([new Uint8Array(size)], "large.pdf"));
  const zone = document.querySelector(".govuk-file-upload-button");
  zone.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def window(browser: Any, live: str, hers: Client) -> Any:
    """``window("phone")``: the mother's browser at that width; whatever it complains of fails the test."""
    opened, said = [], []

    def open_window(width: str) -> Any:
        size, script = WIDTHS[width]
        context = browser.new_context(viewport=size, java_script_enabled=script, locale="en-GB")
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": hers.cookies["sessionid"].value, "url": live}]
        )
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        return page

    yield open_window
    for context in opened:
        context.close()
    assert not said, said


def test_several_files_are_chosen_on_a_phone_without_javascript(
    live: str, window: Any, child: Child, tmp_path: Path, shot: Callable[..., None]
) -> None:
    names = ["letter with a rather long name from the children’s hospital.pdf", "photo.jpg", "program.exe"]
    for name, content in zip(names, (drawable.pdf(), drawable.photo(), b"MZ\x00\x01"), strict=True):
        (tmp_path / name).write_bytes(content)
    page = window("phone")
    page.goto(live + reverse("files.of_child", args=[child.pk]))
    follow(page, "text=Add documents")
    page.set_input_files("[name=documents]", [tmp_path / name for name in names])
    page.check("text=Letter")
    shot(page, "files add phone")
    follow(page, "button:has-text('Add to the record')")
    page.wait_for_url("**/documents/")
    body = page.inner_text("main")
    assert "2 files kept" in body
    assert "program.exe: The file is not a kind we can take" in body
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    shot(page, "files list phone")
    follow(page, "text=photo.jpg >> nth=-1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    shot(page, "files document phone")


def test_several_files_are_dragged_at_a_desk_and_a_large_one_is_named_before_it_is_sent(
    live: str, window: Any, child: Child, axe: Callable[..., None], shot: Callable[..., None], settings: Any
) -> None:
    settings.DOCUMENT_LIMIT_BYTES = 50_000_000
    page = window("desk")
    page.goto(live + reverse("files.add", args=[child.pk]))
    axe(page, "region")
    page.wait_for_selector(".govuk-file-upload-button")
    page.evaluate(DROP, [".txt", 50_000_001])
    chosen = page.inner_text(".tl-chosen")
    assert "1.txt, 0.1 MB" in chosen
    assert "large.pdf, 50.0 MB: larger than 50 MB, so it will not be kept" in chosen
    axe(page, "region")
    shot(page, "files add desk")
    page.check("text=Report")
    follow(page, "button:has-text('Add to the record')")
    page.wait_for_url("**/documents/")
    body = page.inner_text("main")
    assert "2 files kept" in body
    assert "large.pdf: The file is too large" in body
    axe(page, "region")
    shot(page, "files list desk")


def test_a_document_with_versions_and_a_preview_is_readable(
    live: str, window: Any, child: Child, tmp_path: Path, axe: Callable[..., None], shot: Callable[..., None]
) -> None:
    page = window("desk")
    for at, name in enumerate(("first.pdf", "second.pdf"), start=1):
        (tmp_path / name).write_bytes(drawable.pdf(at))
    page.goto(live + reverse("files.add", args=[child.pk]))
    page.set_input_files("input[type=file]", tmp_path / "first.pdf")
    page.check("text=Letter")
    page.fill("[name=title]", "From the hospital")
    follow(page, "button:has-text('Add to the record')")
    follow(page, "text=From the hospital >> nth=-1")
    follow(page, "text=Put a newer version in its place")
    axe(page, "region")
    page.set_input_files("input[type=file]", tmp_path / "second.pdf")
    follow(page, "button:has-text('Keep this version')")
    page.wait_for_selector("text=Version 2")
    for document in Document.objects.all():
        draw(document.sha256, document.media_type)
    page.reload()
    width = "async image => { await image.decode(); return image.naturalWidth }"
    assert page.locator("img.tl-preview").first.evaluate(width) == 800
    axe(page, "region")
    shot(page, "files document desk")
    follow(page, "text=Version 1")
    page.wait_for_selector("text=There is a newer version")
    axe(page, "region")
