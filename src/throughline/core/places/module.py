"""What the room of places adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import ImportKind, Module, Permission

KEEP = "places.keep"

MODULE = Module(
    code="places",
    label=_("Postcodes and catchments"),
    permissions=(
        Permission(
            KEEP,
            _("Keep postcodes and catchments up to date"),
            roles=("data_officer", "system_administrator"),
        ),
    ),
    imports=(
        ImportKind(
            "postcodes",
            _("Postcodes with grid references (ONS Postcode Directory, Code-Point Open)"),
            KEEP,
            "throughline.core.places.actions.bring_in_postcodes",
            {"source": _("Where the file comes from, such as ONSPD November 2025")},
        ),
        ImportKind(
            "catchments",
            _("Catchment areas (GeoJSON or KML)"),
            KEEP,
            "throughline.core.places.actions.bring_in_catchments",
            {
                "layer": _(
                    "Name of the layer: areas over the same ground, such as faith areas, need their own layer"
                ),
                "name-property": _("The property that holds each area’s name, if it is not found by itself"),
                "since": _("The day these areas take effect, such as 1 September 2026"),
                "source": _("Where the file comes from"),
            },
        ),
        ImportKind(
            "catchment-schools",
            _("Which schools each catchment area belongs to (CSV with layer, catchment, URN)"),
            KEEP,
            "throughline.core.places.actions.bring_in_catchment_schools",
        ),
    ),
)
