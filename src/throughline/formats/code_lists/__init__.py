"""Code lists carried as dated facts in TOML beside this file; each file names its source."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def code_list(name: str) -> dict[str, Any]:
    """The code list in ``<name>.toml`` as it stands there.

    Raises:
        FileNotFoundError: there is no such list.
    """
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
