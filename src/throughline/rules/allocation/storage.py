"""Columns and a header as one block of bytes: compressed, versioned, and refused when anything is not as written."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from throughline.rules.allocation.shape import Column

_MAGIC = b"THROUGHLINE-ALLOCATION\n"
_FRAME = struct.Struct("<Q32s")
_LENGTH = struct.Struct("<Q")
LARGEST = 2 << 30
"""The most bytes that are unpacked: a few hundred million preferences would be needed to reach it honestly."""


class StorageError(ValueError):
    """The bytes are not what ``seal`` wrote."""


def seal(
    kind: str, header: Mapping[str, Any], columns: Mapping[str, Column], types: Mapping[str, str]
) -> bytes:
    """Write columns.

    Args:
        kind: what this is and in which version; reading asks for the same.
        header: plain data that JSON can hold.
        columns: one per name in ``types``, of one or two dimensions.
        types: little-endian type of each column, in the order written.
    """
    shapes = {name: list(columns[name].shape) for name in types}
    head = canonical_json({"kind": kind, "header": header, "shapes": shapes})
    body = [np.ascontiguousarray(columns[name], dtype=kind_of).tobytes() for name, kind_of in types.items()]
    raw = b"".join([_LENGTH.pack(len(head)), head, *body])
    return _MAGIC + _FRAME.pack(len(raw), hashlib.sha256(raw).digest()) + zlib.compress(raw, 6)


def canonical_json(value: Any) -> bytes:
    """JSON in one form only: sorted names, no spaces, and 50.0 written as 50 so that equal values read alike."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def unseal(kind: str, data: bytes, types: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Column]]:
    """Read what ``seal`` wrote: the header and the columns.

    Raises:
        StorageError: cut short, changed, too large, of another kind or version.
    """
    raw = _unpacked(data)
    (length,) = _LENGTH.unpack_from(raw)
    if length > len(raw) - _LENGTH.size:
        raise StorageError("its header runs past its end")
    try:
        said = json.loads(raw[_LENGTH.size : _LENGTH.size + length])
        found, header, shapes = said["kind"], said["header"], said["shapes"]
        if found != kind:
            raise StorageError(f"it is {found!r}, expected {kind!r}")
        return dict(header), _columns(raw, _LENGTH.size + length, shapes, types)
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, RecursionError) as error:
        raise StorageError("its header cannot be read") from error


def _unpacked(data: bytes) -> bytes:
    frame = len(_MAGIC) + _FRAME.size
    if data[: len(_MAGIC)] != _MAGIC or len(data) < frame:
        raise StorageError("it does not begin as one")
    size, digest = _FRAME.unpack_from(data, len(_MAGIC))
    if size > LARGEST or size < _LENGTH.size:
        raise StorageError(f"it says it holds {size} bytes, expected {_LENGTH.size} to {LARGEST}")
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(data[frame:], size + 1)
    except zlib.error as error:
        raise StorageError("it is cut short or changed") from error
    if len(raw) != size or not unpacker.eof or unpacker.unused_data or hashlib.sha256(raw).digest() != digest:
        raise StorageError("it is cut short or changed")
    return raw


def _columns(
    raw: bytes, at: int, shapes: dict[str, list[int]], types: Mapping[str, str]
) -> dict[str, Column]:
    columns = {}
    for name, kind_of in types.items():
        shape = tuple(shapes[name])
        if not all(isinstance(side, int) and side >= 0 for side in shape):
            raise StorageError(f"the shape of {name} is not one")
        count = 1
        for side in shape:
            count *= side
        size = count * np.dtype(kind_of).itemsize
        if at + size > len(raw):
            raise StorageError(f"{name} runs past its end")
        columns[name] = np.frombuffer(raw, dtype=kind_of, count=count, offset=at).reshape(shape)
        at += size
    if at != len(raw):
        raise StorageError("it holds more than its columns")
    return columns
