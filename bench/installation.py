"""An installation for a benchmark: a database that keeps what it is told, as real ones do; gone at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import django
from django.core.management import call_command
from django.db import connections
from tests.support.cluster import cluster, server_programs

# Unlike the tests' own server this one waits for the disk, because that is what a save costs.
DURABLE = {"listen_addresses": "", "max_connections": "40"}


def no_postgresql() -> str:
    """Why nothing can be measured on PostgreSQL here; empty when it can."""
    return "" if server_programs() else "no PostgreSQL server on this machine"


@contextmanager
def installation(database: str) -> Iterator[None]:
    """Django, started on a new database: ``sqlite`` or ``postgresql``. Once in a process."""
    with ExitStack() as until_the_end:
        folder = Path(tempfile.mkdtemp(prefix="tl-bench-"))
        until_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
        os.environ["THROUGHLINE_HOME"] = str(folder / "home")
        os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.project.settings"
        os.environ.pop("DATABASE_URL", None)
        (folder / "home").mkdir()
        if database == "postgresql":
            programs = server_programs()
            assert programs is not None
            folder.chmod(0o755)
            until_the_end.enter_context(cluster(programs, folder / "server", DURABLE))
            os.environ["DATABASE_URL"] = (
                f"postgresql://throughline@{quote(str(folder / 'server'), safe='')}/postgres"
            )
        django.setup()
        call_command("migrate", verbosity=0)
        yield
        connections.close_all()
