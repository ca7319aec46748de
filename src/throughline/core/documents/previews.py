"""Pictures of a document's first pages: drawn once per file by a process of its own, kept beside it by its hash.

They can be made again at any time, so no backup needs them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from django.conf import settings

from .holding import held_back
from .models import Document
from .storage import check, path_of

State = Literal["made", "text", "waiting", "failed", "none", "held"]
DRAWN = {"application/pdf": "pdf", "image/jpeg": "picture", "image/png": "picture"}
TEXT = "text/plain"
DRAWER = Path(__file__).with_name("drawing.py")
PATIENCE_SECONDS = 30
MOST_TEXT = 20_000
NOTHING = "nothing"


def can_be_drawn(document: Document) -> bool:
    """Whether there is to be a picture: of this kind of file, and not before the scanner has said that it is clean."""
    return document.media_type in DRAWN and not held_back(document)


def state_of(document: Document) -> State:
    """How it stands with a document's preview."""
    if held_back(document):
        return "held"
    if document.media_type.startswith(TEXT):
        return "text"
    if document.media_type not in DRAWN:
        return "none"
    if pages_of(document.sha256):
        return "made"
    return "failed" if (folder_of(document.sha256) / NOTHING).exists() else "waiting"


def folder_of(name: str) -> Path:
    return root() / name[:2] / name[2:4] / name


def root() -> Path:
    # Beside the documents, not among them: the sweep clears away whatever lies there and is no document.
    return Path(settings.DOCUMENTS_ROOT).with_name("previews")


def pages_of(name: str) -> list[Path]:
    """The pictures there are of a file, first page first."""
    return sorted(folder_of(name).glob("*.png"))


def first_words(name: str) -> tuple[str, bool]:
    """The beginning of a text file, and whether there is more.

    Raises:
        DocumentDamaged: when the bytes are missing or have changed.
    """
    check(name)
    with path_of(name).open("rb") as file:
        found = file.read(MOST_TEXT + 1)
    return found[:MOST_TEXT].decode("utf-8-sig", "ignore"), len(found) > MOST_TEXT


def draw(name: str, media_type: str) -> int:
    """Draw a stored file's first pages; return how many. One that cannot be drawn is marked, and not tried again.

    Raises:
        DocumentDamaged: when the bytes are missing or have changed.
    """
    check(name)
    final = folder_of(name)
    if final.exists():
        return len(pages_of(name))
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=final.parent, prefix=".new-") as working:
        pages = Path(working) / "pages"
        pages.mkdir(mode=0o700)
        if not _drawn_apart(path_of(name), DRAWN[media_type], pages) or not any(pages.iterdir()):
            shutil.rmtree(pages)
            pages.mkdir(mode=0o700)
            (pages / NOTHING).touch()
        try:
            pages.replace(final)
        except OSError:
            # Another worker was quicker; both have drawn the same.
            if not final.is_dir():
                raise
    return len(pages_of(name))


def forget(name: str) -> None:
    """Take a file's pictures away."""
    shutil.rmtree(folder_of(name), ignore_errors=True)


def drawn() -> Iterator[str]:
    """The hash of every file of which there is a preview."""
    for folder in sorted(root().glob("??/??/*")):
        if not folder.name.startswith("."):
            yield folder.name


def _drawn_apart(file: Path, how: str, pages: Path) -> bool:
    """Draw in a process without our settings, with little time and memory: the file may be made to break the drawer."""
    command = [sys.executable, "-I", str(DRAWER), how, str(file), str(pages)]
    # Nothing of our surroundings goes with it: they name the database and its password.
    surroundings = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            env=surroundings,
            cwd=pages,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
