"""The installation's secret key: from the environment, or made once and kept readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key that signs sessions. Made on first use when the environment gives none."""
    given = os.environ.get("THROUGHLINE_SECRET_KEY", "")
    if given:
        return given
    kept = home / "secret-key"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text().strip()
