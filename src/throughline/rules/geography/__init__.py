"""Distances and catchments on the National Grid, in whole metres, exactly.

Source: ADM-21 and the distance and catchment criteria of the project's rule book section 1.3; data standards section 9.
"""

from throughline.rules.geography.catchments import Area, Catchments, Standing, standing_in
from throughline.rules.geography.measured import Measured, Point
from throughline.rules.geography.nearest import nearest
from throughline.rules.geography.outline import outline
from throughline.rules.geography.points import OffTheGrid, Points
from throughline.rules.geography.straight_line import measure, straight_line
from throughline.rules.geography.units import (
    DECIMETRES,
    HUNDREDTHS_OF_A_KILOMETRE,
    HUNDREDTHS_OF_A_MILE,
    METRES,
    THOUSANDTHS_OF_A_KILOMETRE,
    THOUSANDTHS_OF_A_MILE,
    UNITS,
    Unit,
)

__all__ = [
    "DECIMETRES",
    "HUNDREDTHS_OF_A_KILOMETRE",
    "HUNDREDTHS_OF_A_MILE",
    "METRES",
    "THOUSANDTHS_OF_A_KILOMETRE",
    "THOUSANDTHS_OF_A_MILE",
    "UNITS",
    "Area",
    "Catchments",
    "Measured",
    "OffTheGrid",
    "Point",
    "Points",
    "Standing",
    "Unit",
    "measure",
    "nearest",
    "outline",
    "standing_in",
    "straight_line",
]
