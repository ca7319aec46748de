"""Why a file is not taken, as codes; wording.py has the sentences."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "empty", "too_large", "not_allowed", "damaged", "has_macros", "links_out", "locked",
    "unpacks_too_large", "holds_other_files", "too_many_pixels", "harmful",
]  # fmt: skip


class DocumentRefused(ValueError):
    """The file was not taken, and nothing of it was kept. ``code`` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code
