"""An authority's accent colour: is it readable, and which tints go with it.

Contrast follows WCAG 2.2, success criterion 1.4.3 and its definition of relative luminance.
"""

import re

from django.utils.translation import gettext as _

DEFAULT_COLOUR = "#14505c"
LEAST_CONTRAST = 4.5
HEX = re.compile(r"#[0-9a-fA-F]{6}")
RGB = tuple[int, int, int]


def parse(colour: str) -> RGB:
    """Return red, green and blue (0 to 255) of ``#rrggbb``; raise ValueError for anything else."""
    if not HEX.fullmatch(colour):
        raise ValueError(_("A colour is written as # and six characters, for example #14505c."))
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(rgb: RGB) -> float:
    """Return the relative luminance of a colour, 0 for black to 1 for white."""
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, against: str = "#ffffff") -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(parse(colour)), luminance(parse(against))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_accent(colour: str) -> str | None:
    """Return what is wrong with an accent colour in a sentence, or None if it can be used."""
    try:
        ratio = contrast(colour)
    except ValueError as problem:
        return str(problem)
    if ratio < LEAST_CONTRAST:
        return _(
            "The accent colour %(colour)s has a contrast of %(ratio).1f to 1 against white. "
            "It needs at least 4.5 to 1, or people cannot read it. Choose a darker shade."
        ) % {"colour": colour, "ratio": ratio}
    return None


def mix(colour: str, share: float, other: str = "#ffffff") -> str:
    """Return ``share`` (0 to 1) of a colour mixed with another."""
    pairs = zip(parse(colour), parse(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def brand_variables(colour: str) -> dict[str, str]:
    """Return the style sheet variables for an accent colour; one that cannot be read gives way to the default."""
    if check_accent(colour):
        colour = DEFAULT_COLOUR
    return {
        "--govuk-brand-colour": colour,
        "--govuk-surface-background-colour": mix(colour, 0.05),
        "--govuk-surface-border-colour": mix(colour, 0.28),
        "--govuk-template-background-colour": mix(colour, 0.05),
        "--tl-brand-dark": mix(colour, 0.75, "#000000"),
        "--tl-brand-tint": mix(colour, 0.1),
    }
