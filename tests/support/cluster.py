"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket, gone at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SETTINGS = {
    "listen_addresses": "",
    # Nothing in it is worth keeping: the tests end before the power does.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}
PATIENCE = 30.0


def server_programs() -> Path | None:
    """The folder that holds a working `postgres` and `initdb`, newest version first; None when there is none.

    A distribution's wrappers for clients do not count: the server program must answer with its version.
    """
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for folder in [*packaged, *on_path]:
        if (folder / "initdb").exists() and _answers(folder / "postgres"):
            return folder
    return None


def _version(folder: Path) -> int:
    found = re.search(r"\d+", folder.parent.name)
    return int(found.group()) if found else 0


def _answers(program: Path) -> bool:
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.startswith("postgres (PostgreSQL)")


def _run_as() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root hands it to an account that owns nothing."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def cluster(programs: Path, folder: Path, settings: Mapping[str, str] = SETTINGS) -> Iterator[None]:
    """Run a server whose socket is in the folder, and remove both at the end."""
    account = _run_as()
    folder.mkdir(exist_ok=True, parents=True)
    folder.chmod(0o755)
    if account:
        os.chown(folder, account["user"], account["group"])
    data = folder / "data"
    made = subprocess.run(
        [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "throughline",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        **account,
    )
    if made.returncode:
        raise RuntimeError(f"PostgreSQL could not be prepared for the tests: {made.stderr.strip()}")
    with (folder / "log").open("wb") as log:
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            # A stop typed at the keyboard is pytest's to handle, which then stops the server in good order.
            start_new_session=True,
            **account,
        )
    try:
        _wait_until_ready(programs, folder, server)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(PATIENCE)
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        asked = subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False)
        if asked.returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start for the tests: {(folder / 'log').read_text()[-2000:]}")
