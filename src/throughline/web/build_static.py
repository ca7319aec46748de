"""Prepare the front-end packages for serving: ``python -m throughline.web.build_static``.

Reads ``node_modules`` and writes ``build/static/vendor``, a folder for STATICFILES_DIRS, and ``build/fonts``, the same
typeface for printed documents, which is not served. An authority may use the design system's patterns but not its
typeface, crest or name, so the typeface becomes Source Sans 3 and the crest is dropped. Addresses become relative
and source-map comments go, because hashed static storage follows every address it finds.
"""

import hashlib
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STAMP = "built-from.txt"
GOVUK = "govuk-frontend/dist/govuk"
MOJ = "@ministryofjustice/frontend/moj"
AUTOCOMPLETE = "accessible-autocomplete/dist"
FONT_STACK = '"Source Sans 3",arial,sans-serif'
FACES = {
    ("400", "normal"): "Regular",
    ("400", "italic"): "It",
    ("600", "normal"): "Semibold",
    ("700", "normal"): "Bold",
}

STYLES = {
    "govuk.css": f"{GOVUK}/govuk-frontend.min.css",
    "moj.css": f"{MOJ}/moj-frontend.min.css",
    "autocomplete.css": f"{AUTOCOMPLETE}/accessible-autocomplete.min.css",
}
# Each module starts itself: a page then needs no inline script, and no file has to import another by a hashed name.
SCRIPTS = {
    "govuk.js": (f"{GOVUK}/govuk-frontend.min.js", "\ninitAll();\n"),
    "moj.js": (f"{MOJ}/moj-frontend.min.js", "\ninitAll();\n"),
    "autocomplete.js": (f"{AUTOCOMPLETE}/accessible-autocomplete.min.js", "\n"),
}

FONT_FACE = re.compile(r"(?:/\*![^*]*Margaret Calvert[^*]*\*/)?@font-face\{[^}]*GDS Transport[^}]*\}")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
IMAGE = re.compile(r"url\([\"']?/assets/images/([\w.-]+)[\"']?\)")


class BuildError(Exception):
    """A package is missing or no longer looks as expected; the message says what to do."""


def plain_css(css: str) -> tuple[str, set[str]]:
    """Return the style sheet without typeface, crest or source map, and the names of the images it still uses."""
    css = SOURCE_MAP.sub("", FONT_FACE.sub("", css))
    css = css.replace("GDS Transport,arial,sans-serif", FONT_STACK)
    css = css.replace("url(/assets/images/govuk-crest.svg)", "none")
    images = set(IMAGE.findall(css))
    css = IMAGE.sub(r"url(images/\1)", css)
    for forbidden in ("GDS Transport", "/assets/", "crest.svg", "sourceMappingURL"):
        if forbidden in css:
            raise BuildError(
                f"A style sheet still holds '{forbidden}'. Nothing was replaced; adjust build_static.py."
            )
    return css, images


def font_css() -> str:
    """Return the @font-face rules; 'swap' so that words are readable before the typeface arrives."""
    return "".join(
        f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};font-style:{style};font-display:swap;'
        f'src:url(fonts/SourceSans3-{face}.ttf.woff2) format("woff2")}}\n'
        for (weight, style), face in FACES.items()
    )


def fingerprint(root: Path) -> str:
    """Return what the build depends on: the locked packages and this file."""
    return hashlib.sha256((root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()


def copy_assets(packages: Path, target: Path, images: set[str]) -> None:
    """Copy the typeface with its licence, and the images that the style sheets name."""
    (target / "fonts").mkdir()
    for face in FACES.values():
        shutil.copy(packages / "source-sans/WOFF2/TTF" / f"SourceSans3-{face}.ttf.woff2", target / "fonts")
    shutil.copy(packages / "source-sans/LICENSE.md", target / "fonts" / "LICENSE.md")
    (target / "images").mkdir()
    for image in sorted(images):
        shutil.copy(packages / MOJ / "assets/images" / image, target / "images")


def write_fonts(packages: Path, target: Path) -> None:
    """Copy the typeface as PDF files embed it, with its licence, into an empty folder."""
    for face in FACES.values():
        shutil.copy(packages / "source-sans/TTF" / f"SourceSans3-{face}.ttf", target)
    shutil.copy(packages / "source-sans/LICENSE.md", target)


def write_vendor(packages: Path, target: Path) -> None:
    """Write every style sheet, script, font and image into an empty folder."""
    images: set[str] = set()
    for name, source in STYLES.items():
        css, used = plain_css((packages / source).read_text("utf-8"))
        images |= used
        (target / name).write_text(css, "utf-8")
    for name, (source, start) in SCRIPTS.items():
        script = SOURCE_MAP.sub("", (packages / source).read_text("utf-8"))
        (target / name).write_text(script.rstrip() + start, "utf-8")
    (target / "fonts.css").write_text(font_css(), "utf-8")
    copy_assets(packages, target, images)


def build(root: Path = ROOT) -> bool:
    """Build ``root/build``'s two folders unless they are up to date; return whether anything was written."""
    packages, vendor, fonts = root / "node_modules", root / "build/static/vendor", root / "build/fonts"
    if not (packages / GOVUK).is_dir():
        raise BuildError(
            "The front-end packages are not here yet. Run 'npm ci' in the project folder, then try again."
        )
    wanted = fingerprint(root)
    stamp = vendor / STAMP
    if fonts.is_dir() and stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return False
    _replace(fonts, lambda fresh: write_fonts(packages, fresh))
    _replace(vendor, lambda fresh: _write_stamped(packages, fresh, wanted))
    return True


def _write_stamped(packages: Path, fresh: Path, wanted: str) -> None:
    write_vendor(packages, fresh)
    (fresh / STAMP).write_text(wanted, "utf-8")


def _replace(folder: Path, write: Callable[[Path], None]) -> None:
    """Write beside it first: a build that stops half-way leaves what was there."""
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    write(fresh)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def main() -> int:
    """Build, say what happened, and return an exit code."""
    try:
        written = build()
    except (BuildError, OSError) as problem:
        sys.stderr.write(f"Static files were not built. {problem}\n")
        return 1
    sys.stdout.write("Static files built.\n" if written else "Static files are up to date.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
