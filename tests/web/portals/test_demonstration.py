"""The demonstration's own pages and accounts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import Resolver404, resolve

from throughline.core.access.models import User
from throughline.core.messages.models import Message
from throughline.web.portals import module
from throughline.web.portals.demonstration import (
    DEMONSTRATION_PASSWORD,
    StaffAccount,
    add_staff,
    code_now,
    keep_file,
    make_demonstration_accounts,
)

SAM = StaffAccount("sam@authority.example", "Sam Pryce", "system_administrator")


def test_accounts_with_known_passwords_are_made_only_in_the_demonstration() -> None:
    with pytest.raises(ImproperlyConfigured, match="Nothing was made"):
        add_staff("sam@authority.example", "Sam Pryce", "system_administrator")
    assert not User.objects.exists()


def test_making_the_accounts_twice_makes_them_once(demonstration: None) -> None:
    first = make_demonstration_accounts([SAM])
    assert make_demonstration_accounts([SAM]) == first
    assert User.objects.count() == 1
    assert first[0].memberships.count() == 1


def test_a_demonstration_account_signs_in_with_what_the_page_says(
    demonstration: None, client: Client
) -> None:
    (sam,) = make_demonstration_accounts([SAM])
    page = client.get("/demonstration/").text
    (code,) = re.findall(r"<code[^>]*>(\d{6})</code>", page)
    assert code == code_now(sam)
    assert "System administrator" in page
    assert DEMONSTRATION_PASSWORD in page
    client.post("/sign-in/staff/", {"login": SAM.email, "password": DEMONSTRATION_PASSWORD})
    done = client.post("/sign-in/second-step/", {"code": code})
    assert done.headers["Location"] == "/home/"


def test_a_file_to_try_is_fetched_from_the_page_and_no_other_file_is(
    demonstration: None, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "secret-key").write_text("not for visitors")
    assert "Files to try" not in client.get("/demonstration/").text
    keep_file("census-of-ash-school.csv", b"forename,surname")
    assert 'href="/demonstration/files/census-of-ash-school.csv"' in client.get("/demonstration/").text
    fetched = client.get("/demonstration/files/census-of-ash-school.csv")
    assert b"".join(fetched) == b"forename,surname"
    for name in ("secret-key", "..%2Fsecret-key", "another.csv"):
        assert client.get(f"/demonstration/files/{name}").status_code == 404


def test_the_messages_are_found_by_address(demonstration: None, client: Client) -> None:
    for email in ("rhian@example.org", "bryn@example.org"):
        client.post("/sign-in/family/", {"email": email})
    body = Message.objects.get(to="rhian@example.org").body
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", body)
    page = client.get("/demonstration/messages/?to=rhian@example.org").text
    assert code
    assert code.group() in page
    assert "bryn@example.org" not in page
    assert "bryn@example.org" in client.get("/demonstration/messages/?page=7").text
    assert "No message to this address" in client.get("/demonstration/messages/?to=nobody@example.org").text


def test_the_pages_do_not_exist_outside_the_demonstration() -> None:
    assert not [page for page in module.MODULE.pages if page.path.startswith("demonstration")]
    with pytest.raises(Resolver404):
        resolve("/demonstration/")
