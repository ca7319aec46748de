"""How uploads are received: streamed to the disk, and no further than their limit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
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


class Arriving(TemporaryUploadedFile):
    """A large file as it comes in, on the disk where it will be kept."""

    def __init__(
        self, name: str, content_type: str, size: int | None, charset: str | None, extra: Any = None
    ) -> None:
        # Among the documents, so that what a killed process leaves here is swept away with the rest.
        folder = Path(settings.DOCUMENTS_ROOT) / "arriving"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = NamedTemporaryFile(prefix=".new-", dir=folder)  # noqa: SIM115 - it lives as long as the request
        UploadedFile.__init__(self, file, name, content_type, size or 0, charset, extra)


class OntoTheDisk(TemporaryFileUploadHandler):
    """Django's handler for large files, with a folder of ours."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = Arriving(
            self.file_name or "", self.content_type or "", 0, self.charset, self.content_type_extra
        )


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
