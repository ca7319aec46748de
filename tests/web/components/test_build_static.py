"""What is served is the design system without what an authority may not use."""

from pathlib import Path

import pytest

from throughline.web import build_static

CSS = (
    '@charset "UTF-8";.a{font-family:GDS Transport,arial,sans-serif}'
    "/*! Copyright Margaret Calvert & others */"
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2)}"
    ".c:before{background-image:url(/assets/images/govuk-crest.svg)}"
    ".i{background:url(/assets/images/icon-a.svg)}/*# sourceMappingURL=x.css.map */"
)


def packages(root: Path) -> Path:
    """Make a folder that looks like the project with its packages."""
    files = dict.fromkeys(build_static.STYLES.values(), CSS)
    files |= {path: "export{};//# sourceMappingURL=x.map" for path, _start in build_static.SCRIPTS.values()}
    files |= {f"source-sans/WOFF2/TTF/SourceSans3-{f}.ttf.woff2": "f" for f in build_static.FACES.values()}
    files |= {f"source-sans/TTF/SourceSans3-{f}.ttf": "f" for f in build_static.FACES.values()}
    files |= {"source-sans/LICENSE.md": "OFL", f"{build_static.MOJ}/assets/images/icon-a.svg": "<svg/>"}
    for path, text in files.items():
        (root / "node_modules" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "node_modules" / path).write_text(text)
    (root / "package-lock.json").write_text("{}")
    return root


def test_the_typeface_crest_and_source_maps_are_gone() -> None:
    css, images = build_static.plain_css(CSS)
    for forbidden in ("GDS Transport", "crest", "sourceMappingURL", "/assets/", "Calvert"):
        assert forbidden not in css
    assert '.a{font-family:"Source Sans 3",arial,sans-serif}' in css
    assert "url(images/icon-a.svg)" in css
    assert images == {"icon-a.svg"}


def test_a_style_sheet_that_still_holds_the_typeface_is_refused() -> None:
    with pytest.raises(build_static.BuildError, match="GDS Transport"):
        build_static.plain_css(".a{font:12px GDS Transport}")


def test_every_address_in_a_style_sheet_leads_to_a_file(tmp_path: Path) -> None:
    build_static.build(packages(tmp_path))
    vendor = tmp_path / "build/static/vendor"
    assert (vendor / "images/icon-a.svg").is_file()
    for face in build_static.FACES.values():
        assert (vendor / f"fonts/SourceSans3-{face}.ttf.woff2").is_file()
    assert "initAll();" in (vendor / "govuk.js").read_text()


def test_the_typeface_for_print_lies_apart_from_what_is_served(tmp_path: Path) -> None:
    build_static.build(packages(tmp_path))
    assert {path.name for path in (tmp_path / "build/fonts").iterdir()} == {
        "LICENSE.md",
        *(f"SourceSans3-{face}.ttf" for face in build_static.FACES.values()),
    }
    assert not list((tmp_path / "build/static").rglob("*.ttf"))


def test_nothing_is_built_twice_and_new_packages_are_built_again(tmp_path: Path) -> None:
    root = packages(tmp_path)
    assert build_static.build(root)
    assert not build_static.build(root)
    (root / "package-lock.json").write_text('{"changed": true}')
    assert build_static.build(root)


def test_missing_packages_are_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = build_static.build
    monkeypatch.setattr(build_static, "build", lambda: build(tmp_path))
    assert build_static.main() == 1
    assert "Run 'npm ci'" in capsys.readouterr().err


def test_a_failed_build_leaves_what_was_there(tmp_path: Path) -> None:
    root = packages(tmp_path)
    build_static.build(root)
    (root / "package-lock.json").write_text('{"changed": true}')
    (root / "node_modules" / build_static.STYLES["moj.css"]).write_text(".a{font:12px GDS Transport}")
    with pytest.raises(build_static.BuildError):
        build_static.build(root)
    assert (root / "build/static/vendor/govuk.css").is_file()
