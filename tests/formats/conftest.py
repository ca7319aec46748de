"""Real files, which are never committed: tests that need one skip with a reason when it is not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

Sample = Callable[[str], bytes]


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Reads a file of the shared data folder by its path inside it."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("THROUGHLINE_DATA", beside))

    def read(name: str) -> bytes:
        path = folder / name
        if not path.is_file():
            pytest.skip(f"the real file {name} is not here; set THROUGHLINE_DATA to the folder that has it")
        return path.read_bytes()

    return read
