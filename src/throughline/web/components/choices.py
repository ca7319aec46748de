"""Radios and checkboxes whose answers may carry a line of explanation."""

from collections.abc import Mapping
from typing import Any

from django import forms


class _Hinted:
    """Gives each option the hint recorded for its value."""

    def __init__(self, *args: Any, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        if hint := self.hints.get(str(value)):
            option["attrs"] = option["attrs"] | {"hint": hint}
        return option


class HintedRadios(_Hinted, forms.RadioSelect):
    """Radios; ``hints`` maps an option's value to a sentence under it."""


class HintedCheckboxes(_Hinted, forms.CheckboxSelectMultiple):
    """Checkboxes; ``hints`` maps an option's value to a sentence under it."""
