"""The installation's keys: from the environment, or made once and kept readable by their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key that signs sessions. Made on first use when the environment gives none."""
    given = os.environ.get("THROUGHLINE_SECRET_KEY", "")
    if given:
        return given
    return _kept(home / "secret-key").strip()


def seal_keys(home: Path) -> tuple[str, ...]:
    """The keys that seal the trail, oldest first: the last one seals, all of them verify.

    From the environment, or from a file of one key a line, made on first use. It is no secret of the web: it must never
    lie in the database, and a copy of it belongs where this machine's administrators cannot change it.
    """
    given = os.environ.get("THROUGHLINE_SEAL_KEY", "").split()
    return tuple(given or _kept(home / "seal-key").split())


def _kept(file: Path) -> str:
    """What a file holds: written on first use, readable by its owner only."""
    try:
        return file.read_text()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text()
