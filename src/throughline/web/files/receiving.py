"""How uploads are received: streamed to the disk, and no further than their limit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = TypeVar("View", bound=Callable[..., Any])
TOO_LARGE = "files_too_large"


def takes_documents(view: View) -> View:
    """A page that takes documents: what is larger than a document may be is dropped while it comes in."""
    view.takes_documents = True  # type: ignore[attr-defined]
    return view


def sent_files(request: HttpRequest, field: str) -> list[tuple[str, UploadedFile[Any]]]:
    """The name and the open file of each file of a field that came whole."""
    return [(each.name or "", each) for each in request.FILES.getlist(field)]


def too_large_files(request: HttpRequest) -> list[str]:
    """The names of the files that were dropped because they were too large."""
    return list(getattr(request, TOO_LARGE, []))


class UpToTheLimit(FileUploadHandler):
    """Stands before Django's own handlers: stops taking in a file that has grown past the limit.

    The rest of it is read and thrown away, so that the other files and fields of the form still arrive.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        # Django's handler for large files wants a folder that is there.
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if self._limited() and start + len(raw_data) > settings.DOCUMENT_LIMIT_BYTES:
            setattr(self.request, TOO_LARGE, [*too_large_files(self.request), self.file_name or ""])  # type: ignore[arg-type]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None

    def _limited(self) -> bool:
        found = getattr(self.request, "resolver_match", None)
        return bool(found and getattr(found.func, "takes_documents", False))


class NoMoreThanCanBeTaken:
    """Refuses a request that says it is larger than anything we take, in words, before any of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.UPLOAD_LIMIT_BYTES:
            limits = {
                "most": settings.UPLOAD_LIMIT_BYTES // 1_000_000,
                "each": settings.DOCUMENT_LIMIT_BYTES // 1_000_000,
            }
            return render(request, "files/too_much.html", limits, status=413)
        return self.get_response(request)
