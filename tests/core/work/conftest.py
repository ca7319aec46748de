from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from tests.core.work import jobs_for_tests

from throughline.core.registry import assembly


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """An installation whose jobs are those of the tests."""
    declared = [
        jobs_for_tests.job("tests.note", jobs_for_tests.note_call),
        jobs_for_tests.job("tests.say_nothing", jobs_for_tests.say_nothing),
        jobs_for_tests.job("tests.fail_twice", jobs_for_tests.fail_twice),
        jobs_for_tests.job("tests.fail_always", jobs_for_tests.fail_always),
        jobs_for_tests.job("tests.refuse", jobs_for_tests.refuse),
    ]
    monkeypatch.setattr(assembly, "_sealed", [jobs_for_tests.registry_with(*declared)])
    jobs_for_tests.CALLS.clear()
    yield jobs_for_tests
    jobs_for_tests.CALLS.clear()
