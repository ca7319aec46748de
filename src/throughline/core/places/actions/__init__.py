"""What changes postcodes and catchments: the files they come in."""

from .catchment_schools import bring_in_catchment_schools
from .catchments import bring_in_catchments
from .postcodes import bring_in_postcodes

__all__ = ["bring_in_catchment_schools", "bring_in_catchments", "bring_in_postcodes"]
