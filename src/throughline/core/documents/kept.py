"""Files that belong to no child and are kept all the same: what somebody sent in, and what was sent out.

They lie beside the documents, named by their hash, and the sweep knows them by their row here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .models import KeptFile
from .scanning import is_harmful, scanner_address
from .storage import check, read, size_of, store

NAMED_AT_MOST = 200


def take_in(*, name: str, content: Iterable[bytes], kept_for: str) -> KeptFile:
    """Write a file down and give its row, which the caller's change saves: a row always finds its file.

    Args:
        name: what its sender called it, without folders.
        content: its bytes, block by block; it is never held in memory whole.
        kept_for: which part of the product answers for it.
    """
    sha256 = store(content)
    return KeptFile(
        name=_plain(name)[:NAMED_AT_MOST], sha256=sha256, size=size_of(sha256) or 0, kept_for=kept_for
    )


def whole(file: KeptFile) -> bytes:
    """The file's bytes, checked against what was kept.

    Raises:
        DocumentDamaged: they are missing or have changed.
    """
    return b"".join(blocks(file))


def blocks(file: KeptFile) -> Iterator[bytes]:
    """The same, a block at a time: checked before the first is given.

    Raises:
        DocumentDamaged: they are missing or have changed.
    """
    check(file.sha256)
    return read(file.sha256)


def holds_a_virus(file: KeptFile) -> bool:
    """Whether the scanner finds a virus; no where there is no scanner.

    Raises:
        ScannerAway: there is one, and it does not answer.
    """
    return bool(scanner_address()) and is_harmful(read(file.sha256))


def _plain(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].replace("\x00", "").strip() or "-"
