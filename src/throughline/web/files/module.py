"""The pages of a child's documents and their policy: whoever may know of a child's documents, whatever their portal."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Demonstration, Module, Page, Tab

VIEWS = "throughline.web.files.pages"


def _page(name: str, path: str) -> Page:
    """Open to every portal: the queries decide child by child, and answer what is not theirs as if it were not there."""
    return Page(f"files.{name}", path, f"{VIEWS}.{name}", "signed_in", open_to_portal=True)


MODULE = Module(
    code="files",
    label=_("Documents of a child"),
    pages=(
        _page("of_child", "children/<uuid:child_id>/documents/"),
        _page("add", "children/<uuid:child_id>/documents/add/"),
        _page("document", "documents/<uuid:document_id>/"),
        _page("download", "documents/<uuid:document_id>/file/"),
        _page("preview", "documents/<uuid:document_id>/pages/<int:number>/"),
        _page("replace", "documents/<uuid:document_id>/replace/"),
    ),
    demonstration=(Demonstration("throughline.web.files.demo.run", order=60),),
    tabs=(Tab(_("Documents"), "files.of_child", "documents.evidence", order=60),),
)
