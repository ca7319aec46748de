"""What happens while a page is opened: what comes back, what is written, what is logged."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponse

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE)


@dataclass
class Answer:
    """What came back, and everything that happened on the way."""

    response: HttpResponse
    written: list[str]
    looked_at: set[UUID]
    events: int
    messages: list[tuple[str, str]]
    log: str

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def location(self) -> str:
        return str(self.response.headers.get("Location", ""))

    @cached_property
    def body(self) -> bytes:
        # Kept: a file that is sent block by block can be read once only.
        if getattr(self.response, "streaming", False):
            return b"".join(self.response.streaming_content)  # type: ignore[attr-defined]
        return bytes(self.response.content)

    @property
    def outside(self) -> str:
        """Everything that leaves with the answer, but for its body. How long it is may be any figure by chance."""
        heads = "\n".join(
            f"{n}: {value}" for n, value in self.response.headers.items() if n != "Content-Length"
        )
        return f"{heads}\n{self.response.cookies.output()}"


@contextmanager
def writes() -> Iterator[list[str]]:
    """Every table that is written to, by watching the statements themselves."""
    tables: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            tables.append(found.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@contextmanager
def log() -> Iterator[list[str]]:
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    keep, root, requests = Keep(logging.INFO), logging.getLogger(), logging.getLogger("django.request")
    # A thousand "not found" are what is asked for: they are read here and go no further.
    passed_on, requests.propagate = requests.propagate, False
    for logger in (root, requests):
        logger.addHandler(keep)
    try:
        yield said
    finally:
        requests.propagate = passed_on
        for logger in (root, requests):
            logger.removeHandler(keep)
