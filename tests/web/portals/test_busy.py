"""Somebody else is writing for longer than one waits: what a person sees, and that what they typed is not lost."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError
from django.db.utils import ConnectionHandler
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.support.records import rich_record, staff
from tests.web.portals.test_shell import Facts

from throughline.core.audit.busy import is_busy
from throughline.core.people.models import FormerName
from throughline.project.database import sqlite
from throughline.web.portals import errors, saving

pytestmark = pytest.mark.django_db


def locked(*_: Any, **__: Any) -> Any:
    raise OperationalError("database is locked")


def answered(request: Any, error: Exception) -> Any:
    """As Django asks for the page of a fault: while the fault is being handled."""
    try:
        raise error
    except Exception:
        return errors.fault(request)


def test_a_database_that_somebody_else_writes_to_is_known_as_such(tmp_path: Path) -> None:
    there = tmp_path / "busy.sqlite3"
    settings = sqlite(there)
    settings["OPTIONS"]["timeout"] = 0
    ours = ConnectionHandler({"default": settings})["default"]
    theirs = sqlite3.connect(there, isolation_level=None)
    try:
        with ours.cursor() as cursor:
            cursor.execute("CREATE TABLE t (a)")
        theirs.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError) as found, ours.cursor() as cursor:
            cursor.execute("INSERT INTO t VALUES (1)")
        assert is_busy(found.value)
    finally:
        theirs.close()
        ours.close()


def test_what_came_of_a_busy_database_is_known_and_what_did_not_is_a_fault() -> None:
    came_of_it = RuntimeError("a page that failed")
    came_of_it.__cause__ = OperationalError("database is locked")
    assert is_busy(came_of_it)
    assert not is_busy(OperationalError("no such table: people_child"))
    assert not is_busy(DatabaseError("database is locked"))
    assert not is_busy(None)


def test_what_somebody_typed_is_kept_while_somebody_else_saves_and_can_be_sent_again(
    monkeypatch: Any,
) -> None:
    rich, (_, client) = rich_record(), staff("records_officer")
    page = reverse("amending.former_name", args=[rich.child.pk])
    typed = {"forename": 'Mair & "Mo"', "surname": "O'Neill", "kind": "former", "once_key": "one"}
    client.raise_request_exception = False
    with monkeypatch.context() as now:
        now.setattr(saving, "once", locked)
        answer = client.post(page, typed)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer["Cache-Control"] == "no-store"
    assert "has not been saved yet" in answer.text
    Facts(answer.text).check()
    assert not FormerName.objects.filter(surname="O'Neill").exists()
    again, carried = form_of(answer.text)
    assert (again, carried) == (page, typed)
    for _press in range(2):
        assert client.post(again, carried).status_code == 302
    assert FormerName.objects.filter(surname="O'Neill", forename=typed["forename"]).count() == 1


def form_of(text: str) -> tuple[str, dict[str, str]]:
    form = re.search(r'<form method="post" action="([^"]*)".*?</form>', text, re.DOTALL)
    assert form
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[0])
    return unescape(form[1]), {name: unescape(value) for name, value in hidden}


def test_a_page_that_could_not_be_shown_says_so_and_offers_nothing_to_send(client: Client) -> None:
    answer = answered(RequestFactory().get("/"), OperationalError("database is locked"))
    assert answer.status_code == 503
    words = answer.content.decode()
    assert "could not be shown" in words
    assert "<form" not in words
    Facts(words).check()


@pytest.mark.parametrize(
    "sent", [{"password": "not to be shown"}, {"name": "x", "file": SimpleUploadedFile("a.txt", b"abc")}]
)
def test_neither_a_password_nor_half_a_form_is_handed_back(sent: dict[str, Any]) -> None:
    answer = answered(RequestFactory().post("/", sent), OperationalError("database is locked"))
    words = answer.content.decode()
    assert "have to be given again" in words
    assert "<form" not in words
    assert "not to be shown" not in words


def test_any_other_fault_is_still_called_our_mistake() -> None:
    answer = answered(RequestFactory().post("/", {"a": "b"}), OperationalError("disk I/O error"))
    assert answer.status_code == 500
    assert "This is our mistake" in answer.content.decode()
