"""Asking a ClamAV daemon about a file, over its INSTREAM command."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterable

VARIABLE = "THROUGHLINE_CLAMD"
PIECE = 64 * 1024
PATIENCE_SECONDS = 20.0
LONGEST_ANSWER = 4_096
USUAL_PORT = 3310


class ScannerAway(RuntimeError):
    """The virus scanner does not answer, or not in its language. The file is neither clean nor harmful."""


def scanner_address() -> str:
    """Where the scanner listens: ``host:port`` or the path of a socket; empty when there is none."""
    return os.environ.get(VARIABLE, "").strip()


def is_harmful(content: Iterable[bytes]) -> bool:
    """Whether the scanner finds a virus in the bytes, which come block by block.

    Raises:
        ScannerAway: when it cannot say. Only its own "OK" counts as clean.
    """
    try:
        with _connected(scanner_address()) as link:
            link.sendall(b"zINSTREAM\x00")
            for block in content:
                for at in range(0, len(block), PIECE):
                    piece = block[at : at + PIECE]
                    link.sendall(struct.pack(">I", len(piece)) + piece)
            link.sendall(struct.pack(">I", 0))
            answer = _answer(link)
    except (OSError, ValueError) as fault:
        raise ScannerAway(f"The virus scanner at {scanner_address()!r} does not answer: {fault}") from fault
    if answer.endswith("FOUND"):
        return True
    if answer == "stream: OK":
        return False
    raise ScannerAway(f"The virus scanner answered {answer!r}.")


def answers() -> bool:
    """Whether the scanner is there and says so."""
    try:
        with _connected(scanner_address()) as link:
            link.sendall(b"zPING\x00")
            return _answer(link) == "PONG"
    except (OSError, ValueError):
        return False


def _connected(address: str) -> socket.socket:
    path = address.removeprefix("unix:")
    if path.startswith("/"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            link.settimeout(PATIENCE_SECONDS)
            link.connect(path)
        except OSError:
            link.close()
            raise
        return link
    host, _, port = address.rpartition(":") if ":" in address else (address, "", str(USUAL_PORT))
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE_SECONDS)


def _answer(link: socket.socket) -> str:
    received = b""
    while b"\x00" not in received and len(received) < LONGEST_ANSWER:
        more = link.recv(LONGEST_ANSWER)
        if not more:
            break
        received += more
    return received.partition(b"\x00")[0].decode("ascii", "replace").strip()
