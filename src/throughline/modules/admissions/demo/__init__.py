"""The demonstration's school places: arrangements for every school, families applying, a round decided and released."""

from .story import run

__all__ = ["run"]
