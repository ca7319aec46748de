"""A throw-away database of either kind, filled with the invented county, and the floors that search is held against."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.utils.module_loading import import_string

from bench.installation import installation
from bench.search_people import Person, people
from throughline.rules.matching import one_letter_out, pairs

AT_ONCE = 20_000


@contextmanager
def county(vendor: str, children: int) -> Iterator[list[tuple[UUID, Person]]]:
    """Django upon a new database with so many children in it, each with their key."""
    with installation(vendor):
        yield _fill(children)


def _fill(children: int) -> list[tuple[UUID, Person]]:
    tables = {name: _table(name) for name in ("Child", "Address", "Residence", "FindableName", "NameSlip")}
    random = secrets.SystemRandom()
    made = [(UUID(int=random.getrandbits(128)), person) for person in people(children)]
    built = [sql for table in tables.values() for sql in _without_indexes(table)]
    homes: dict[str, UUID] = {}
    for _, person in made:
        if person.postcode not in homes:
            homes[person.postcode] = UUID(int=random.getrandbits(128))
    _load(
        tables["Child"],
        ("id", "reference", "forename", "surname", "born"),
        ((key, f"C-{n}", p.forename, p.surname, p.born) for n, (key, p) in enumerate(made)),
    )
    _load(
        tables["Address"], ("id", "lines", "postcode"), ((k, "1 Invented Road", p) for p, k in homes.items())
    )
    _load(
        tables["Residence"],
        ("id", "child_id", "address_id", "since"),
        ((key, key, homes[p.postcode], p.born) for key, p in made),
    )
    _load(
        tables["FindableName"],
        ("child_id", "kind", "born", "forename", "surname", "forename_sound", "surname_sound"),
        (
            (key, "now", p.born, pair.forename, pair.surname, pair.forename_sound, pair.surname_sound)
            for key, p in made
            for pair in pairs(p.forename, p.surname)
        ),
    )
    words = {
        word
        for _, p in made
        for pair in pairs(p.forename, p.surname)
        for word in (pair.forename, pair.surname)
    }
    _load(
        tables["NameSlip"],
        ("slip", "word"),
        ((slip, word) for word in words for slip in one_letter_out(word)),
    )
    run(*built, "ANALYZE")
    return made


def run(*statements: str) -> None:
    """Statements, one after another."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def build_floors() -> None:
    """What each database offers by itself: an index of the three-letter pieces of whole names."""
    if connection.vendor == "postgresql":
        run(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "CREATE TABLE floor AS SELECT id, lower(forename || ' ' || surname) AS name FROM people_child",
            "CREATE INDEX floor_pieces ON floor USING gin (name gin_trgm_ops)",
            "ANALYZE floor",
        )
    else:
        run(
            "CREATE VIRTUAL TABLE floor USING fts5(name, tokenize = 'trigram')",
            "INSERT INTO floor (rowid, name) SELECT rowid, lower(forename || ' ' || surname) FROM people_child",
        )


def all_words(text: str) -> list[tuple[Any, ...]]:
    """The floor: twenty names that hold every word somewhere, in no order."""
    words = text.lower().split()
    if connection.vendor == "postgresql":
        where = " AND ".join(["name ILIKE %s"] * len(words))
        return _ask(f"SELECT id, name FROM floor WHERE {where} LIMIT 20", [f"%{word}%" for word in words])
    return _ask("SELECT rowid, name FROM floor WHERE floor MATCH %s LIMIT 20", [_match(words)])


def likest(text: str) -> list[tuple[Any, ...]]:
    """The database's own fuzzy search: the twenty likest names, the likest first."""
    if connection.vendor == "postgresql":
        return _ask(
            "SELECT id, name FROM floor WHERE name %% %s ORDER BY similarity(name, %s) DESC LIMIT 20",
            [text.lower(), text.lower()],
        )
    return _ask(
        "SELECT rowid, name FROM floor WHERE floor MATCH %s ORDER BY rank LIMIT 20",
        [_match(text.lower().split())],
    )


def _match(words: Sequence[str]) -> str:
    return " ".join(f'"{word}"' for word in words)


def _ask(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _table(name: str) -> type[Model]:
    return import_string(f"throughline.core.people.models.{name}")  # type: ignore[no-any-return]


def _without_indexes(table: type[Model]) -> list[str]:
    """Take a table's indexes off while it is filled, and give the statements that put them back."""
    name = table._meta.db_table
    if connection.vendor == "postgresql":
        found = _ask(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint)",
            [name],
        )
    else:
        found = _ask(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql != '' AND tbl_name = %s", [name]
        )
    run(*(f'DROP INDEX "{index}"' for index, _ in found))
    return [sql for _, sql in found]


def _load(table: type[Model], given: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows into a table, by the fastest way that each database has; what is not given is the field's default."""
    others = [
        field for field in table._meta.concrete_fields if field.column not in given and not _counts(field)
    ]
    rest = [field.get_db_prep_save(field.get_default(), connection) for field in others]
    columns = ", ".join(f'"{name}"' for name in (*given, *(field.column for field in others)))
    name = table._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copied:
                for row in rows:
                    copied.write_row((*row, *rest))
            return
        marks = ", ".join(["?"] * (len(given) + len(rest)))
        cursor.connection.execute("BEGIN")
        cursor.connection.executemany(
            f"INSERT INTO {name} ({columns}) VALUES ({marks})",
            ((*map(_plain, row), *map(_plain, rest)) for row in rows),
        )
        cursor.connection.execute("COMMIT")


def _counts(field: Any) -> bool:
    return bool(field.primary_key and field.get_internal_type() == "BigAutoField")


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value
