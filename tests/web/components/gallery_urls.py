"""The project's addresses and, only here, the gallery."""

from throughline.project.urls import handler400, handler403, handler404, handler500
from throughline.project.urls import urlpatterns as project_addresses
from throughline.web.components.urls import gallery_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [*project_addresses, *gallery_urlpatterns]
