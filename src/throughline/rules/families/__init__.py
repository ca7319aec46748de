"""Who is whose brother or sister, worked out from how adults stand to children and where they live."""

from .siblings import Home, Likely, TieTo, likely_siblings

__all__ = ["Home", "Likely", "TieTo", "likely_siblings"]
