"""Opening a zip archive that somebody sent, within limits. Nothing is ever written to disk, so no name can lead astray.

What an archive says about its own sizes may be a lie; the limits hold for what actually comes out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from throughline.formats.reading import FileRefused

_WORKBOOK = "[Content_Types].xml"
_RUBBISH = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much one archive may hold: files, bytes in all once unpacked, and bytes out for each byte in."""

    files: int = 100
    size: int = 300_000_000
    ratio: int = 200


LIMITS = ZipLimits()


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does. A workbook does too."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unzip(data: bytes, limits: ZipLimits = LIMITS) -> dict[str, bytes]:
    """The files of an archive by name, folders left out of the names where that keeps them apart.

    Raises:
        FileRefused: ``unreadable`` (not an archive, damaged, or locked with a password: detail ``reason``), ``too_many``
            (detail ``most``), ``too_large`` (detail ``most``), ``empty``, or ``wrong_kind`` (a workbook, which is a zip too).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _named(_unpacked(archive, len(data), limits))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise FileRefused("unreadable", {"reason": (type(error).__name__,)}) from error
    except RuntimeError as error:  # how the standard library says that a password is wanted
        raise FileRefused("unreadable", {"reason": ("password",)}) from error


def _unpacked(archive: zipfile.ZipFile, packed: int, limits: ZipLimits) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_rubbish(entry)]
    if not entries:
        raise FileRefused("empty")
    if len(entries) > limits.files:
        raise FileRefused("too_many", {"most": (str(limits.files),)})
    if any(entry.filename == _WORKBOOK for entry in entries):
        raise FileRefused("wrong_kind", {"kind": ("xlsx",)})
    left = min(limits.size, packed * limits.ratio)
    unpacked: dict[str, bytes] = {}
    for entry in entries:
        with archive.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise FileRefused("too_large", {"most": (str(limits.size),)})
        unpacked[entry.filename] = content
    return unpacked


def _is_rubbish(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.startswith(_RUBBISH[0]) or PurePosixPath(entry.filename).name in _RUBBISH


def _named(unpacked: dict[str, bytes]) -> dict[str, bytes]:
    short = {PurePosixPath(name.replace("\\", "/")).name: content for name, content in unpacked.items()}
    return short if len(short) == len(unpacked) else unpacked
