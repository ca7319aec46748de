"""A virus scanner for the tests: it speaks as ClamAV does and finds the words it was told to find."""

from __future__ import annotations

import socket
import struct
import threading


class Scanner(threading.Thread):
    """Speaks INSTREAM on a socket; finds the word it was told to find."""

    def __init__(self, path: str, answers: dict[bytes, bytes]) -> None:
        super().__init__(daemon=True)
        self._answers = answers
        self.received: list[bytes] = []
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._door.bind(path)
        self._door.listen()

    def run(self) -> None:
        while True:
            try:
                link, _ = self._door.accept()
            except OSError:
                return
            with link, link.makefile("rb") as read:
                assert read.read(10) == b"zINSTREAM\x00"
                content = b""
                while length := struct.unpack(">I", read.read(4))[0]:
                    content += read.read(length)
                self.received.append(content)
                link.sendall(next(a for word, a in self._answers.items() if word in content))

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.join()
