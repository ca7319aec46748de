"""A question that is answered with files: several at once, chosen or dragged. Without JavaScript, a plain file box."""

from __future__ import annotations

from typing import Any

from django import forms

MOST_FILES = 20


class ManyFilesWidget(forms.ClearableFileInput):
    """A box that takes several files; ``limit`` is what one of them may be, in bytes, said before it is sent."""

    template_name = "components/forms/files.html"
    allow_multiple_selected = True

    def __init__(self, limit: int, attrs: dict[str, Any] | None = None, *, several: bool = True) -> None:
        super().__init__({**({"multiple": True} if several else {}), **(attrs or {})})
        self.limit = limit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"limit": self.limit, "megabytes": self.limit // 1_000_000}
        return context


class ManyFiles(forms.FileField):
    """Files, of which each is looked at by itself: an empty or unwanted one says nothing against the others."""

    def __init__(self, *, limit: int, several: bool = True, **kwargs: Any) -> None:
        kwargs["widget"] = ManyFilesWidget(limit, kwargs.pop("attrs", None), several=several)
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        # Whether any came is for the page to say: it also knows of those that were dropped for their size.
        return data or initial
