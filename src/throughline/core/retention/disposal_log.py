"""The log of disposals: a file outside the database, so that a restored backup is told what has gone since.

A line for each certificate, with the keys of what went and nothing of what it said. Each line carries the mark of the line
before it and is keyed with the seals' key: nobody without that key can add a line that a replay would believe. The last
lines can be cut off unseen in the file alone; the database writes them again (``write_missing``) while it still knows.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings

from ..audit.chain import NOTHING_BEFORE, key_by, mark_of
from .models import Disposal


@dataclass(frozen=True)
class Logged:
    """One disposal as the log tells it: the certificate's words, and the keys of what went."""

    certificate: str
    at: str
    proposed_by: str
    approved_by: str
    retention: list[str]
    part: str
    counts: dict[str, int]
    digest: str
    disposal: str
    record: str
    rows: dict[str, list[str]]
    due: str

    @property
    def children(self) -> list[UUID]:
        """Of a whole record: it and those that were merged into it."""
        return [UUID(key) for key in dict.fromkeys([self.record, *self.rows.get("people.Child", ())])]


@dataclass
class Log:
    """What the file says: the lines that are proved, and the numbers of those that are not."""

    entries: list[Logged] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)


def log_path() -> Path:
    return Path(settings.DISPOSAL_LOG)


def read_log() -> Log:
    """Read and prove every line.

    Raises:
        OSError: the file is there and cannot be read.
    """
    log, previous = Log(), NOTHING_BEFORE
    if not log_path().exists():
        return log
    for number, line in enumerate(log_path().read_text("utf-8", errors="replace").splitlines(), 1):
        found = _proved(line)
        if found is None:
            log.damaged.append(number)
            continue
        if found["previous"] != previous:
            log.damaged.append(number)
        previous = found["mac"]
        log.entries.append(Logged(**found["said"]))
    return log


def write_missing(only: Iterable[str] = ()) -> int:
    """Write down disposals that are done and not in the log yet; how many. Twice is harmless.

    Args:
        only: certificates to write; every one that the database has unless given.
    """
    rows = Disposal.objects.filter(certificate__isnull=False).select_related("certificate")
    wanted = set(only)
    if wanted:
        rows = rows.filter(certificate__reference__in=wanted)
    found = [_told(row) for row in rows.order_by("certificate__at", "pk")]
    if not found:
        return 0
    log_path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(log_path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with closing(os.fdopen(handle, "r+", encoding="utf-8", errors="replace")) as file:
        # Held until the file is closed: two workers that end at once write one after the other.
        fcntl.flock(file, fcntl.LOCK_EX)
        return _append(file, found)


def _append(file: IO[str], entries: list[Logged]) -> int:
    text = file.read()
    known = [line for line in map(_parsed, text.splitlines()) if line]
    there = {line["said"].get("certificate") for line in known}
    previous = known[-1]["mac"] if known else NOTHING_BEFORE
    # A line that was torn by a power cut stays where it is; the next begins on its own.
    lines = ["\n"] if text and not text.endswith("\n") else []
    written = 0
    for entry in entries:
        if entry.certificate not in there:
            line = _line(asdict(entry), previous)
            previous = line["mac"]
            lines.append(json.dumps(line, sort_keys=True) + "\n")
            written += 1
    file.write("".join(lines))
    file.flush()
    os.fsync(file.fileno())
    return written


def _told(row: Any) -> Logged:
    proof = row.certificate
    return Logged(
        certificate=proof.reference,
        at=proof.at.isoformat(),
        proposed_by=proof.proposed_by,
        approved_by=proof.approved_by,
        retention=proof.retention,
        part=row.part,
        counts=proof.counts,
        digest=proof.digest,
        disposal=str(row.pk),
        record=str(row.record_key),
        rows=row.rows,
        due=row.due.isoformat(),
    )


def _line(said: dict[str, Any], previous: str) -> dict[str, Any]:
    key = str(settings.SEAL_KEYS[-1])
    line = {"said": said, "previous": previous, "key": mark_of(key)}
    return line | {"mac": _mac(line, key)}


def _mac(line: dict[str, Any], key: str) -> str:
    said = json.dumps([line["said"], line["previous"], line["key"]], sort_keys=True)
    return hmac.new(key.encode(), b"throughline disposal 1|" + said.encode(), hashlib.sha256).hexdigest()


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    whole = isinstance(line, dict) and {"said", "previous", "key", "mac"} <= set(line)
    return line if whole and isinstance(line["said"], dict) else None


def _proved(text: str) -> dict[str, Any] | None:
    line = _parsed(text)
    key = key_by(str(line["key"])) if line else None
    if line is None or key is None or not hmac.compare_digest(_mac(line, key), str(line["mac"])):
        return None
    return line
