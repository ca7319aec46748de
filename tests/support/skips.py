"""Skips: refused where everything must run, and tests of one database kept out of the other's run."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from django.test import TransactionTestCase

from .surroundings import CLOCK, NO_SKIPS, ON_POSTGRESQL, WITHOUT_DATA, real_data

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "live_server",
    "live",
    "django_db_reset_sequences",
    "client_signed_in",
}


def touches_database(item: pytest.Item) -> bool:
    """Whether a test uses the database, and so must hold on both of them."""
    case = getattr(item, "cls", None)
    if isinstance(case, type) and issubclass(case, TransactionTestCase):
        return True
    return bool(item.get_closest_marker("django_db")) or bool(
        DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    )


def belongs(item: pytest.Item) -> bool:
    """Whether a test is part of this run."""
    if CLOCK and item.get_closest_marker("own_clock"):
        return False
    if ON_POSTGRESQL:
        return not item.get_closest_marker("sqlite") and (
            touches_database(item) or bool(item.get_closest_marker("postgresql"))
        )
    return not item.get_closest_marker("postgresql")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    away = [item for item in items if not belongs(item)]
    if away:
        config.hook.pytest_deselected(items=away)
        items[:] = [item for item in items if belongs(item)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, Any, Any]:
    report = yield
    return report if _lacks_data_knowingly(item) else _refused(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    report = yield
    return _refused(report)


def _lacks_data_knowingly(item: pytest.Item) -> bool:
    """The public data is never committed, so a machine that has nothing of ours may say that it goes without."""
    reads = bool(item.get_closest_marker("real_data")) or "real_data" in getattr(item, "fixturenames", ())
    return reads and WITHOUT_DATA and real_data() is None


def _refused(report: Any) -> Any:
    if NO_SKIPS and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped in this run (THROUGHLINE_NO_SKIPS=1). {reason}"
    return report
