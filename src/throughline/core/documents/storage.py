"""The bytes on the disk: written aside, made safe against a power cut, then named by their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


class DocumentDamaged(RuntimeError):
    """The bytes are missing, or are not those that were kept. A backup has them."""


def store(content: bytes) -> str:
    """Keep the bytes and return their SHA-256 in hexadecimal. The same bytes are kept once."""
    name = hashlib.sha256(content).hexdigest()
    path = path_of(name)
    if path.is_file() and path.stat().st_size == len(content):
        # Looks new to the sweep, which might otherwise clear it away before its row is stored.
        os.utime(path)
        return name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(aside, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return name


def load(name: str) -> bytes:
    """The bytes of that hash.

    Raises:
        DocumentDamaged: when they are missing or have changed.
    """
    try:
        content = path_of(name).read_bytes()
    except OSError as fault:
        raise DocumentDamaged(f"The file {name} cannot be read ({fault.strerror}).") from fault
    if hashlib.sha256(content).hexdigest() != name:
        raise DocumentDamaged(f"The file {name} has changed since it was kept.")
    return content


def size_of(name: str) -> int | None:
    """How many bytes are stored under a hash; None when there is no such file."""
    try:
        return path_of(name).stat().st_size
    except OSError:
        return None


def stored_before(moment: float) -> Iterator[Path]:
    """Every file that was stored, or left half written, before a moment (seconds since 1970)."""
    root = Path(settings.DOCUMENTS_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else []:
        if path.is_file() and path.stat().st_mtime < moment:
            yield path


def path_of(name: str) -> Path:
    return Path(settings.DOCUMENTS_ROOT) / name[:2] / name[2:4] / name


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
