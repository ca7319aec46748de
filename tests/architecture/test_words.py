"""What no committed text may say."""

from __future__ import annotations

import re
import subprocess

import pytest
from tests.support.surroundings import ROOT

# Written in parts, so that this file does not say them itself.
FORBIDDEN = {
    "a package registry": re.compile(
        "|".join(
            ["py" + r"pi\.org", "pythonhosted" + r"\.org", "registry\\.npm" + r"js\.org", "npm" + r"js\.com"]
        )
    ),
    "a path of some machine": re.compile(
        "|".join(
            [r"(?<![\w.])/" + r"home/\w", r"(?<![\w.])/" + r"Users/\w", "/" + r"work/\w", "/" + r"tmp/\w"]
        )
    ),
}


def _committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.fail("This is asked of what is committed, and here is no Git repository.")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_text_names(what: str) -> None:
    found = []
    for name in _committed():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:8000] and FORBIDDEN[what].search(data.decode("utf-8", "replace")):
            found.append(name)
    assert found == []
