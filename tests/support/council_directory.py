"""A council's directory on this machine: signs people in without asking, and can be told to misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "throughline", "a secret between two servers"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Directory:
    """What it says next: ``claims`` go into its word, the rest is how it misbehaves."""

    def __init__(self) -> None:
        self.url = ""
        self.claims: dict[str, Any] = {}
        self.config: dict[str, Any] = {}
        self.key: Any = KEY
        self.algorithm = "RS256"
        self.refuses = ""
        self.token_status = 200
        self.token_body: bytes | None = None
        self.asked: dict[str, list[str]] = {}

    def description(self) -> dict[str, Any]:
        found = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        return {name: value for name, value in (found | self.config).items() if value is not None}

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def answer(self, query: dict[str, list[str]]) -> str:
        """Where the browser is sent from the sign-in page."""
        self.asked = query
        words = {"state": query["state"][0]}
        words |= {"error": self.refuses} if self.refuses else {"code": "a-code"}
        return f"{query['redirect_uri'][0]}?{urlencode(words)}"

    def token(self, form: dict[str, list[str]]) -> tuple[int, bytes]:
        """Its word, for whoever has the secret and the other half of what the browser brought."""
        if self.token_body is not None or self.token_status != 200:
            return self.token_status, self.token_body or b"{}"
        half = hashlib.sha256(form.get("code_verifier", [""])[0].encode()).digest()
        proved = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
        if form.get("client_secret") != [SECRET] or self.asked.get("code_challenge") != [proved]:
            return 400, b'{"error": "invalid_grant"}'
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300} | self.claims
        word = jwt.encode(
            {name: value for name, value in said.items() if value is not None},
            self.key,
            algorithm=self.algorithm,
            headers={"kid": "one"},
        )
        return 200, json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": word}).encode()


@contextmanager
def directory() -> Iterator[Directory]:
    """A directory that listens on loopback until the block ends."""
    found = Directory()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", found.answer(parse_qs(parts.query)))
                self.end_headers()
            elif parts.path == "/keys":
                self._say(200, json.dumps(found.keys()).encode())
            else:
                self._say(200, json.dumps(found.description()).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*found.token(parse_qs(body)))

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Silent: a test says what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
