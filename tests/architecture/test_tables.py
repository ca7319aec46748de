"""What imports cannot hold about the tables: how they are written, what they point to, and whom they are about."""

from __future__ import annotations

from functools import cache

import pytest
from django.apps import apps
from django.db import models

from throughline.core.audit.tables import Appended, Derived, Guarded, Working
from throughline.core.registry.assembly import installed

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("throughline.")
    for model in config.get_models(include_auto_created=True)
]
PEOPLE = {"people.Child", "people.Adult", "people.Address"}
label = {"ids": lambda model: model._meta.label}


def _links(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


@cache
def _about_people() -> frozenset[type[models.Model]]:
    """Tables that are about a person: those that say so, and every table whose rows hang from one of them."""
    found = {m for m in OURS if m._meta.label in PEOPLE or getattr(m, "child_field", "")}
    while more := {m for m in OURS if m not in found and any(f.related_model in found for f in _links(m))}:
        found |= more
    return frozenset(found)


def _told(model: type[models.Model]) -> list[str]:
    """The fields that hold something: neither keys nor links, whether the database knows the link or not."""
    held = (f for f in model._meta.concrete_fields if not f.primary_key and not f.is_relation)
    return [f.name for f in held if not isinstance(f, models.UUIDField)]


@pytest.mark.parametrize("model", OURS, **label)
def test_every_table_is_guarded_appended_working_or_derived(model: type[models.Model]) -> None:
    assert issubclass(model, Guarded | Appended | Working | Derived)


@pytest.mark.parametrize("model", OURS, **label)
def test_a_foreign_key_points_into_its_own_module_or_into_core(model: type[models.Model]) -> None:
    home = model._meta.app_config.name
    for link in _links(model):
        target = link.related_model._meta.app_config.name
        assert target == home or target.startswith("throughline.core."), f"{link} points into {target}"


@pytest.mark.parametrize("model", [m for m in OURS if m in _about_people()], **label)
def test_every_field_about_a_person_declares_its_category(model: type[models.Model]) -> None:
    declared = installed().fields.get(model._meta.label)
    missing = set(_told(model)) - set(declared.categories if declared else ())
    assert not missing, f"give a category to these fields of {model._meta.label} in its module.py"


def test_every_declared_field_exists() -> None:
    known = {model._meta.label: {f.name for f in model._meta.concrete_fields} for model in OURS}
    for fields in installed().fields.values():
        assert fields.model in known, f"{fields.model} is not a table"
        assert set(fields.categories) <= known[fields.model], fields.model


def test_tables_about_people_are_found_through_what_they_hang_from() -> None:
    found = {model._meta.label for model in OURS if model in _about_people()}
    assert {"people.Child", "people.Residence", "people.StaffLink"} <= found
    assert not {"organisations.School", "work.Piece", "exchange.Import"} & found
