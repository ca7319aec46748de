"""The bytes on the disk: written aside, made safe against a power cut, then named by their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from .contents import BLOCK


class DocumentDamaged(RuntimeError):
    """The bytes are missing, or are not those that were kept. A backup has them."""


def store(content: Iterable[bytes]) -> str:
    """Keep the bytes, which come block by block, and return their SHA-256 in hexadecimal. The same are kept once."""
    root = Path(settings.DOCUMENTS_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside, temporary = tempfile.mkstemp(dir=root, prefix=".new-")
    try:
        with os.fdopen(aside, "wb") as file:
            name, size = _write(file, content)
        path = path_of(name)
        if path.is_file() and path.stat().st_size == size:
            # Looks new to the sweep, which might otherwise clear it away before its row is stored.
            os.utime(path)
            Path(temporary).unlink()
            return name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return name


def _write(file: IO[bytes], content: Iterable[bytes]) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    for block in content:
        found.update(block)
        size += len(block)
        file.write(block)
    file.flush()
    os.fsync(file.fileno())
    return found.hexdigest(), size


def check(name: str) -> None:
    """Read the stored bytes through.

    Raises:
        DocumentDamaged: when they are missing or have changed.
    """
    try:
        with path_of(name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise DocumentDamaged(f"The file {name} cannot be read ({fault.strerror}).") from fault
    if found != name:
        raise DocumentDamaged(f"The file {name} has changed since it was kept.")


def read(name: str) -> Iterator[bytes]:
    """The stored bytes, a block at a time. Nothing is opened before the first is asked for."""
    with path_of(name).open("rb") as file:
        while block := file.read(BLOCK):
            yield block


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
