"""The form for one kind of file: the file, and what that kind lets people choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import ImportKind

LARGEST = 200 * 1024 * 1024


class UploadForm(forms.Form):
    """A file and its options, each option a line of text that may stay empty."""

    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose the file you want to bring in"),
            "empty": _("The file you chose is empty. Choose another file"),
        },
    )

    def __init__(self, kind: ImportKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, label in kind.options.items():
            self.fields[name] = forms.CharField(label=str(label), required=False, max_length=200)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 200 MB. Cut it down to the area you need and try again")
            )
        return file

    @property
    def chosen(self) -> dict[str, str]:
        """The options that were filled in."""
        return {name: self.cleaned_data[name] for name in self.kind.options if self.cleaned_data.get(name)}
