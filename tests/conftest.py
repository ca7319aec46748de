"""How the tests run: on either database, with a real browser where there is one, and loudly about what is missing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import sync_playwright
from tests.support import browsing, people, surroundings
from tests.support.cluster import cluster, server_programs
from tests.support.skips import (  # noqa: F401 - hooks that pytest finds by name
    pytest_collection_modifyitems,
    pytest_make_collect_report,
    pytest_runtest_makereport,
)
from tests.support.trail import let_flushes_empty_the_trail

from throughline.web.components.authority import forget_authority

MARKERS = (
    "browser: opens a real browser",
    "real_data: reads the public data that is never committed",
    "sqlite: is about SQLite only",
    "postgresql: is about PostgreSQL only",
    "own_clock: has to do with a clock outside this process, which nothing here can move",
)
# Two cores shared with a browser and a server cannot promise a time for each generated case.
hypothesis_settings.register_profile("throughline", deadline=None)
hypothesis_settings.load_profile("throughline")
_until_the_end = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    let_flushes_empty_the_trail()
    if surroundings.CLOCK:
        begins = datetime.fromisoformat(surroundings.CLOCK).replace(tzinfo=ZoneInfo("Europe/London"))
        _until_the_end.enter_context(time_machine.travel(begins, tick=True))
    # Where tests run in several processes, the first of them keeps the server for all.
    if surroundings.ON_POSTGRESQL and not hasattr(config, "workerinput"):
        programs = server_programs()
        if programs is None:
            reason = f"The tests were not run on PostgreSQL: {surroundings.no_postgresql()}."
            pytest.exit(reason, returncode=1 if surroundings.NO_SKIPS else 0)
        _until_the_end.enter_context(cluster(programs, Path(os.environ["THROUGHLINE_TEST_SOCKET"])))


def pytest_unconfigure(config: pytest.Config) -> None:
    _until_the_end.close()


def pytest_report_header(config: pytest.Config) -> list[str]:
    return surroundings.header()


@pytest.fixture(autouse=True)
def no_name_left_over() -> None:
    """The authority's name is remembered for a minute: another test's would save this one a question, or tell it a name."""
    forget_authority()


@pytest.fixture
def viewer() -> Callable[..., Any]:
    """``viewer("admissions.manage")``: somebody who may do exactly that."""
    return people.viewer


@pytest.fixture
def make_user(db: None) -> Callable[..., Any]:
    """``make_user("admissions.manage", password="...")``: a stored account."""
    return people.make_user


@pytest.fixture
def frozen() -> Iterator[Callable[..., Any]]:
    """``frozen("2026-02-03 09:00")`` stops every clock there until the test ends or moves it on."""
    with ExitStack() as stopped:

        def stop(moment: Any) -> Any:
            return stopped.enter_context(time_machine.travel(moment, tick=False))

        yield stop


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real public data."""
    folder = surroundings.real_data()
    if folder is None:
        pytest.skip(surroundings.no_real_data())
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """This machine's Chromium, started once."""
    if surroundings.no_browser():
        pytest.skip(surroundings.no_browser())
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=surroundings.chromium(), args=browsing.FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh browser window without memory."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    yield context.new_page()
    context.close()


@pytest.fixture
def live(transactional_db: None, live_server: Any) -> str:
    """The address of a running Throughline that shares the test's database."""
    return str(live_server.url)


@pytest.fixture
def axe() -> Callable[..., None]:
    """``axe(page)`` fails with every accessibility fault on the page."""
    return browsing.axe


@pytest.fixture
def shot() -> Callable[..., None]:
    """``shot(page, "offer letter 375")`` keeps a picture in build/screenshots."""
    return browsing.shot
