"""A file's bytes without holding them all: a large one is mapped from the disk, and what is kept of it is named by place."""

from __future__ import annotations

import io
import mmap
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

BLOCK = 1024 * 1024

Content = bytes | bytearray | mmap.mmap
"""What can be looked over. Of a mapped file, only what is looked at is in memory."""

Part = bytes | slice
"""A piece of what is kept of a file: a place in it, or bytes that take the place of others."""


@contextmanager
def laid_open(given: bytes | IO[bytes]) -> Iterator[Content]:
    """The bytes of a file, mapped where they lie on the disk. Writing to them changes the file for nobody else."""
    if isinstance(given, bytes):
        yield bytearray(given)
        return
    try:
        number = given.fileno()
    except OSError:
        # A small upload, which Django keeps in memory.
        given.seek(0)
        yield bytearray(given.read())
        return
    given.flush()
    given.seek(0, io.SEEK_END)
    if not given.tell():
        yield b""
        return
    with mmap.mmap(number, 0, access=mmap.ACCESS_COPY) as mapped:
        yield mapped


def blocks(content: Content, parts: Iterable[Part]) -> Iterator[bytes]:
    """The parts one after another, never more than a block at a time."""
    for part in parts:
        if isinstance(part, bytes):
            yield part
            continue
        for at in range(part.start, part.stop, BLOCK):
            yield bytes(content[at : min(at + BLOCK, part.stop)])


def checksum(content: Content, start: int, stop: int) -> int:
    """The CRC-32 of a stretch."""
    found = 0
    for block in blocks(content, [slice(start, stop)]):
        found = zlib.crc32(block, found)
    return found


class Reader(io.RawIOBase):
    """A content as a file to be read, for whoever wants one."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content, self._at = content, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._content)}[whence]
        if start + offset < 0:
            raise ValueError("There is nothing before the beginning.")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        found = self._content[self._at : self._at + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)
