"""An authority may choose its colour, if people can read it."""

import pytest

from throughline.web.components import brand


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert brand.contrast("#000000") == pytest.approx(21)


def test_contrast_is_the_same_whichever_colour_is_in_front() -> None:
    assert brand.contrast("#14505c", "#ffdd00") == brand.contrast("#ffdd00", "#14505c")


@pytest.mark.parametrize("colour", ["#14505c", "#767676", "#000000"])
def test_a_dark_enough_colour_is_accepted(colour: str) -> None:
    assert brand.check_accent(colour) is None


@pytest.mark.parametrize("colour", ["#777777", "#ffdd00", "#ffffff"])
def test_a_colour_too_pale_to_read_is_refused_with_its_contrast(colour: str) -> None:
    assert f"{brand.contrast(colour):.1f} to 1" in str(brand.check_accent(colour))


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#14505c;}body{display:none"])
def test_what_is_not_a_colour_is_refused(colour: str) -> None:
    assert brand.check_accent(colour)


def test_a_bad_colour_never_reaches_the_style_sheet() -> None:
    variables = brand.brand_variables("#14505c}body{display:none")
    assert variables["--govuk-brand-colour"] == brand.DEFAULT_COLOUR


def test_every_tint_behind_words_keeps_them_readable() -> None:
    variables = brand.brand_variables("#5a2d82")
    for name in ("--govuk-surface-background-colour", "--tl-brand-tint"):
        assert brand.contrast("#0b0c0c", variables[name]) > 7
    assert brand.contrast(variables["--tl-brand-dark"]) > brand.LEAST_CONTRAST
