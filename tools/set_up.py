"""Set Throughline up in its own folder: ``python3 tools/set_up.py run`` or ``... dev``.

Runs on the machine's own Python with nothing installed. Every step leaves a stamp of what it was made from and is skipped
while that is unchanged, so a second run takes no time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "set-up"
OLDEST = (3, 11)
STARTER = """#!{python}
import sys

from throughline.project.command import main

sys.exit(main())
"""


class CannotSetUp(Exception):
    """Something that only the machine's owner can put right; the message says what."""


def main(arguments: list[str]) -> int:
    """Set up for running ("run") or for developing and testing ("dev")."""
    group = arguments[0] if arguments else "run"
    # The developer's set holds everything the runner's does: going back to it would only take things away.
    if group == "run" and _stamp("dev").exists():
        group = "dev"
    try:
        _virtual_environment()
        _once("uv", [ROOT / "requirements/uv.txt"], _uv)
        _once(group, [ROOT / f"requirements/{group}.txt"], lambda: _packages(group))
        _once("project", [Path(__file__)], _project, made=[BIN / "throughline"])
        _once(
            "front-end", [ROOT / "package-lock.json"], _front_end, made=[ROOT / "node_modules/govuk-frontend"]
        )
        _python("-m", "throughline.web.build_static")
        _once("translations", sorted(ROOT.glob("src/throughline/**/*.po")), _translations)
        _once("static", _static_sources(), _collect, made=[ROOT / "build/collected"])
    except CannotSetUp as problem:
        print(f"\nThroughline could not be set up. {problem}", file=sys.stderr)
        return 1
    return 0


def _once(name: str, sources: Iterable[Path], act: Callable[[], None], made: Iterable[Path] = ()) -> None:
    mark = hashlib.sha256()
    for source in sources:
        mark.update(str(source.relative_to(ROOT)).encode() + source.read_bytes())
    stamp = _stamp(name)
    if stamp.exists() and stamp.read_text() == mark.hexdigest() and all(path.exists() for path in made):
        return
    print(f"Setting up: {name}", flush=True)
    act()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(mark.hexdigest())


def _stamp(name: str) -> Path:
    return STAMPS / name


def _virtual_environment() -> None:
    if (BIN / "python").exists() and subprocess.run([BIN / "python", "-c", ""], check=False).returncode == 0:
        return
    if sys.version_info < OLDEST:
        raise CannotSetUp(
            f"It needs Python 3.11 or newer, and this is {sys.version.split()[0]}. Install a newer one, then say which: "
            "make run PYTHON=python3.12"
        )
    print("Setting up: virtual environment", flush=True)
    # Without these two the standard library's own attempt fails half-way, with words that help nobody.
    tried = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    if tried.returncode:
        raise CannotSetUp(
            "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"
        )
    shutil.rmtree(VENV, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(VENV)], "The virtual environment could not be made.")


def _uv() -> None:
    _run(
        [
            BIN / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            ROOT / "requirements/uv.txt",
        ],
        "The package installer (uv) could not be fetched.",
    )


def _packages(group: str) -> None:
    _run(
        [BIN / "uv", "pip", "sync", "--quiet", "--require-hashes", ROOT / f"requirements/{group}.txt"],
        "The Python packages could not be fetched.",
    )
    # Syncing removes what the list does not name, and with it anything that an older set-up left of the project.
    _stamp("project").unlink(missing_ok=True)


def _project() -> None:
    """Make the source importable and the command callable, without building a package."""
    libraries = next((VENV / "lib").glob("python3.*")) / "site-packages"
    (libraries / "throughline.pth").write_text(f"{ROOT / 'src'}\n")
    starter = BIN / "throughline"
    starter.write_text(STARTER.format(python=BIN / "python"))
    starter.chmod(0o755)


def _front_end() -> None:
    _run(
        [BIN / "npm", "ci", "--no-progress", "--loglevel=error"],
        "The front-end packages could not be fetched.",
    )


def _translations() -> None:
    _python("tools/compile_translations.py")


def _static_sources() -> list[Path]:
    vendor = ROOT / "build/static/vendor/built-from.txt"
    ours = (path for path in (ROOT / "src").glob("**/static/**/*") if path.is_file())
    return [*sorted(ours), *([vendor] if vendor.exists() else [])]


def _collect() -> None:
    _python("-m", "django", "collectstatic", "--no-input", "--clear", "--verbosity=0")


def _python(*arguments: str) -> None:
    _run([BIN / "python", *arguments], "A step of the set-up failed; its own words are above.")


def _run(command: list[str | Path], problem: str) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=_surroundings(), check=False)
    if done.returncode:
        raise CannotSetUp(
            f"{problem} {_hint()}What was set up before this stays; run the same command again."
        )


def _hint() -> str:
    bundles = (
        Path("/etc/ssl/certs/ca-certificates.crt"),
        Path("/etc/pki/tls/certs/ca-bundle.crt"),
        Path("/etc/ssl/cert.pem"),
    )
    if os.environ.get("SSL_CERT_FILE") or any(bundle.exists() for bundle in bundles):
        return ""
    return "This machine has no list of trusted certificates. On Debian or Ubuntu: apt-get install ca-certificates. "


def _surroundings() -> dict[str, str]:
    """The environment for the installers: uv and Node are told what pip knows, and uv fetches no interpreter."""
    known = dict(os.environ)
    known["UV_PYTHON_DOWNLOADS"] = "never"
    known["VIRTUAL_ENV"] = str(VENV)
    known["DJANGO_SETTINGS_MODULE"] = "throughline.project.settings"
    known["PATH"] = f"{BIN}{os.pathsep}{known.get('PATH', '')}"
    for given, wanted in (
        ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
        ("PIP_FIND_LINKS", "UV_FIND_LINKS"),
        ("PIP_CERT", "SSL_CERT_FILE"),
        ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"),
    ):
        if known.get(given):
            known.setdefault(wanted, known[given])
    return known


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
