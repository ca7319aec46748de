"""What the doctor sees, and what refuses to start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone
from tests.support.people import TEST

from throughline.core.access.actions import install_roles
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.documents.models import Document
from throughline.core.people.models import Child
from throughline.core.registry.assembly import installed
from throughline.core.work.models import WorkerSign
from throughline.project.command import main
from throughline.project.health import background, checks, database, installation, scanner, start
from throughline.project.health.finding import Check


def said(problems: Iterable[tuple[str, str, str]]) -> str:
    """Every problem with its remedy, a line each."""
    return "\n".join(" ".join(problem) for problem in problems)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_as_we_set_it_up_is_sound() -> None:
    assert said(database.storage()) == ""


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("set_wrongly", "meant"),
    [
        ("mmap_size = 1048576", "mmap_size=1048576 where 0 is wanted"),
        ("synchronous = NORMAL", "synchronous=1 where 2 is wanted"),
        ("foreign_keys = OFF", "foreign_keys=0 where 1 is wanted"),
    ],
)
def test_a_sqlite_setting_that_could_lose_records_is_named(set_wrongly: str, meant: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {set_wrongly}")
    try:
        assert meant in said(database.storage())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("version", "repaired"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_releases_of_sqlite_with_the_repair_are_known(version: tuple[int, int, int], repaired: bool) -> None:
    assert database.has_repair(version) is repaired


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_postgresql_that_could_lose_records_is_named() -> None:
    # The tests' own server is just such a one: nothing in it is worth keeping.
    found = said(database.storage())
    for meant in ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "as a superuser"):
        assert meant in found
    assert "TimeZone" not in found
    assert "server_encoding" not in found


@pytest.mark.django_db
def test_a_database_of_this_version_is_not_behind() -> None:
    assert said(database.migrations()) == ""


@pytest.mark.django_db
def test_missing_roles_are_named_until_they_are_installed() -> None:
    assert "system_administrator" in said(database.roles())
    install_roles(by=Trusted("the test"), registry=installed())
    assert said(database.roles()) == ""


def test_a_key_that_others_can_read_is_named(tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv("THROUGHLINE_SECRET_KEY", raising=False)
    settings.HOME = tmp_path
    key = tmp_path / "secret-key"
    key.write_text("x")
    key.chmod(0o644)
    assert f"chmod 600 {key}" in said(installation.secret_key())
    key.chmod(0o600)
    assert said(installation.secret_key()) == ""


@pytest.mark.django_db
def test_an_invented_persons_account_is_named_outside_a_demonstration(
    make_user: Callable[..., Any], settings: Any
) -> None:
    make_user(email="officer@council.gov.uk")
    assert said(installation.invented_accounts()) == ""
    make_user(email="officer@example.org")
    assert said(installation.invented_accounts()).startswith("error 1 accounts")
    settings.DEMONSTRATION = True
    assert said(installation.invented_accounts()) == ""


@pytest.mark.own_clock
@pytest.mark.django_db
def test_the_clock_of_the_database_is_this_machines() -> None:
    assert said(installation.clock()) == ""


@pytest.mark.django_db
def test_a_clock_that_is_apart_is_named(frozen: Callable[..., Any]) -> None:
    frozen(datetime.now(UTC) - timedelta(minutes=5))
    assert "seconds from this machine's" in said(installation.clock())


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_an_error_and_none_at_all_is_worth_a_look() -> None:
    assert said(background.worker_alive()).startswith("warning")
    sign = WorkerSign.objects.create(name="one", heard_at=timezone.now() - timedelta(minutes=5))
    assert said(background.worker_alive()).startswith("error The worker was last heard from")
    sign.heard_at = timezone.now()
    sign.save()
    assert said(background.worker_alive()) == ""


@pytest.mark.django_db
def test_nothing_starts_on_unsafe_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterable[tuple[str, str, str]]:
        yield "error", "The ground shakes.", "Wait."

    monkeypatch.setattr(start, "CHECKS", (Check("Ground", broken, starting=True), Check("Sky", broken)))  # type: ignore[arg-type]
    with pytest.raises(ImproperlyConfigured, match=r"- Ground: The ground shakes\. Wait\.") as refused:
        start.refuse_to_start_unwell()
    assert "Sky" not in str(refused.value)


@pytest.mark.django_db
def test_a_warning_does_not_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def odd() -> Iterable[tuple[str, str, str]]:
        yield "warning", "The sky is grey.", "Take a coat."

    monkeypatch.setattr(start, "CHECKS", (Check("Sky", odd, starting=True),))  # type: ignore[arg-type]
    start.refuse_to_start_unwell()


@pytest.mark.django_db
def test_the_doctor_ends_with_one_when_something_is_wrong_and_says_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor"]) == 1
    assert "Run `throughline setup`." in capsys.readouterr().out


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.name)
@pytest.mark.django_db
def test_every_check_can_be_made_and_says_what_to_do(check: Check) -> None:
    for level, says, do in check.look():
        assert level in ("warning", "error")
        assert says.endswith(".")
        assert do.endswith(".")


@pytest.mark.django_db
def test_a_virus_scanner_that_is_set_up_and_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THROUGHLINE_CLAMD", raising=False)
    assert said(scanner.scanner_answers()) == ""
    monkeypatch.setenv("THROUGHLINE_CLAMD", "/nowhere/clamd")
    assert "/nowhere/clamd" in said(scanner.scanner_answers())


@pytest.mark.django_db
def test_files_that_wait_long_for_the_scanner_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THROUGHLINE_CLAMD", "/nowhere/clamd")
    long_ago = timezone.now() - timedelta(hours=3)
    with change("documents added", by=TEST):
        child = Child.objects.create(reference="C-1", forename="Zara", surname="Begum", born=date(2021, 9, 1))
        for at, scan in enumerate(("waiting", "not_scanned", "clean", "harmful")):
            Document.objects.create(
                child=child,
                kind="letter",
                name="a.pdf",
                size=1,
                sha256=str(at),
                scan=scan,
                uploaded_at=long_ago,
            )
    assert "2 files wait" in said(scanner.files_waiting())
    assert "A virus was found in 1 files" in said(scanner.files_waiting())
    monkeypatch.delenv("THROUGHLINE_CLAMD")
    assert "wait" not in said(scanner.files_waiting())
