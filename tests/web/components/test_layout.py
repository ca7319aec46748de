"""Every page says where it is and whose it is, and holds nothing that the security policy would refuse."""

import re
from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from throughline.web.components import views
from throughline.web.components.forms import PlainForm

pytestmark = pytest.mark.urls("tests.web.components.gallery_urls")
AUTHORITY = {"name": "Calderbrook <Council>", "colour": "#14505c", "logo_url": ""}


def page(template: str = "components/base.html", **context: Any) -> str:
    return render_to_string(template, {"authority": AUTHORITY, "service_name": "School places"} | context)


def title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html)
    assert found
    return found[1]


def test_the_title_says_page_then_service_then_authority() -> None:
    assert (
        title(page(page_title="Choose schools"))
        == "Choose schools – School places – Calderbrook &lt;Council&gt;"
    )


def test_the_title_says_first_that_there_is_an_error() -> None:
    class Form(PlainForm):
        name = forms.CharField()

    html = page(page_title="Name", form=Form({}))
    assert title(html).startswith("Error: Name")
    assert '<a href="#id_name">Enter an answer</a>' in html
    assert not title(page(page_title="Name", form=Form())).startswith("Error")


@pytest.mark.parametrize(
    "template", ["components/base.html", "components/base_wide.html", "components/gallery.html"]
)
def test_no_page_carries_a_script_or_style_of_its_own(template: str) -> None:
    html = render_to_string(template, {"authority": AUTHORITY} | views.gallery_content())
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert "<style" not in html
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"<[^>]*\son[a-z]+=", html)


def test_the_first_link_skips_to_the_content() -> None:
    html = page()
    first = re.search(r"<a [^>]*>", html)
    assert first
    assert 'href="#main-content"' in first[0]
    assert '<main class="govuk-main-wrapper" id="main-content"' in html


def test_the_look_is_the_authoritys_and_not_the_governments() -> None:
    html = page()
    assert "GOV.UK" not in html
    assert "crown" not in html.lower()
    assert "Calderbrook &lt;Council&gt;</a>" in html


def test_a_logo_is_named_after_the_authority() -> None:
    html = page(authority=AUTHORITY | {"logo_url": "/logo.svg"})
    assert '<img src="/logo.svg" alt="Calderbrook &lt;Council&gt;"' in html


def test_what_happened_is_told_at_the_top() -> None:
    messages = [
        Message(constants.SUCCESS, "Saved <b>"),
        Message(constants.ERROR, "Not sent"),
        Message(constants.INFO, "Later"),
    ]
    html = page(messages=messages)
    assert "Saved &lt;b&gt;" in html
    assert html.index("govuk-notification-banner--success") < html.index("Not sent") < html.index("Later")


def test_a_page_can_be_drawn_when_nothing_at_all_is_known() -> None:
    html = render_to_string("components/base.html", {})
    assert 'id="main-content"' in html
    assert "run by" not in html


def test_the_colours_are_a_style_sheet_that_may_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "authority_shown", lambda: AUTHORITY | {"colour": "#5a2d82"})
    response = views.brand_css(RequestFactory().get("/look/brand.css"))
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age" in response["Cache-Control"]
    assert "--govuk-brand-colour:#5a2d82;" in response.content.decode()


def test_the_address_of_the_colours_changes_with_the_colour() -> None:
    assert "/brand.css?14505c" in page()
    assert "/brand.css?5a2d82" in page(authority=AUTHORITY | {"colour": "#5a2d82"})
