"""GOV.UK Notify as our client meets it: a small server on this machine that remembers what it was given."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse
from uuid import uuid4

KEY = "test-" + "0" * 8 + "-0000-4000-8000-" + "0" * 12 + "-" + "1" * 8 + "-1111-4111-8111-" + "1" * 12


class Notifications(ThreadingHTTPServer):
    """What arrived, and how the next requests are answered."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.arrived: list[dict[str, Any]] = []
        self.answer_with: int | None = None
        # Takes the message and then breaks the connection, as when the network fails at the worst moment.
        self.answers_are_lost = False
        self.asked_without_key = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def notify_server() -> Iterator[Notifications]:
    server = Notifications()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Notifications

    def log_message(self, format: str, *args: Any) -> None:
        """Keeps the tests' output quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked_without_key += not self.headers.get("Authorization", "").startswith("Bearer ")
        if self.server.answer_with:
            return self._answer(self.server.answer_with, {"errors": [{"error": "X", "message": "as told"}]})
        found = {"id": str(uuid4()), "status": "created", "channel": self.path.rpartition("/")[2], **body}
        self.server.arrived.append(found)
        if self.server.answers_are_lost:
            self.close_connection = True
            return None
        return self._answer(201, {"id": found["id"]})

    def do_GET(self) -> None:
        asked = urlparse(self.path)
        if asked.path == "/v2/notifications":
            wanted = parse_qs(asked.query).get("reference", [""])[0]
            return self._answer(
                200, {"notifications": [a for a in self.server.arrived if a["reference"] == wanted]}
            )
        key = asked.path.rpartition("/")[2]
        return self._answer(200, next(a for a in self.server.arrived if a["id"] == key))

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
