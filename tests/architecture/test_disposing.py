"""Rows that are never changed, and values of the trail, go by one door only."""

from tests.support.tree import SOURCE, name_of, python_files

DOOR = ("remove_rows", "erase_values")


def test_only_a_disposal_goes_through_the_door() -> None:
    callers = {
        name_of(path)
        for path in python_files()
        if any(f"{word}(" in path.read_text("utf-8") for word in DOOR)
    }
    assert callers == {
        name_of(SOURCE / "core/audit/erasing.py"),
        name_of(SOURCE / "core/retention/removing.py"),
    }
