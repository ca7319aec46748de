"""The demonstration: an invented English authority with its schools and families. Nobody in it exists."""

from .building import build
from .town import Town

__all__ = ["Town", "build"]
