"""Sealing a snapshot and an outcome, and refusing what cannot be decided."""

import struct
import zlib
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.allocation.markets import PLAIN, ask, child, market, snapshot

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.arrangement import Arrangement, Bands
from throughline.rules.allocation.digest import digest
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.snapshot import COLUMN_TYPES, Snapshot, SnapshotError
from throughline.rules.allocation.storage import StorageError

OAK = Arrangement(1, PLAIN)


def pair():
    return snapshot({"oak": OAK, "elm": OAK}, [child(ask("oak", 1), ask("elm", 2)), child(ask("elm", 1))])


@given(seed=st.integers(0, 2**32 - 1))
def test_what_is_sealed_reads_back_and_is_decided_alike(seed):
    first = market(seed)
    again = Snapshot.from_bytes(first.to_bytes())
    assert again.schools == first.schools
    assert all((getattr(again, name) == getattr(first, name)).all() for name in COLUMN_TYPES)
    outcome = allocate_round(first)
    read = Outcome.from_bytes(outcome.to_bytes())
    assert digest(again, read) == digest(first, outcome)
    assert again.to_bytes() == first.to_bytes()


def test_child_keys_are_kept_and_give_the_digest_its_order():
    first = replace(pair(), child_keys=("b", "a"))
    assert Snapshot.from_bytes(first.to_bytes()).child_keys == ("b", "a")
    other = replace(pair(), child_keys=("b", "c"))
    assert digest(first, allocate_round(first)) != digest(other, allocate_round(other))


def test_the_digest_changes_with_any_column_that_is_decided_from():
    first = pair()
    before = digest(first, allocate_round(first))
    for name in ("late", "distance", "score", "lot", "held_facts"):
        column = getattr(first, name).copy()
        column[0] += 1 if name != "lot" else 40
        other = replace(first, known_good=[], **{name: column})
        assert digest(other, allocate_round(other)) != before, name


@given(st.data())
def test_bytes_that_were_cut_or_changed_are_refused(data):
    whole = pair().to_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(SnapshotError, match="not a readable snapshot"):
        Snapshot.from_bytes(whole[:at])
    flipped = bytearray(whole)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    # A compressed block has a few bits that mean nothing: then what is read is what was sealed, to the last bit.
    with suppress(SnapshotError):
        assert Snapshot.from_bytes(bytes(flipped)).to_bytes() == whole


@given(st.binary(max_size=200))
def test_bytes_that_never_were_a_snapshot_are_refused(noise):
    with pytest.raises(SnapshotError):
        Snapshot.from_bytes(noise)


def test_an_outcome_is_not_a_snapshot():
    sealed = allocate_round(pair()).to_bytes()
    with pytest.raises(SnapshotError, match="snapshot-1"):
        Snapshot.from_bytes(sealed)
    with pytest.raises(StorageError):
        Outcome.from_bytes(pair().to_bytes())


def test_bytes_that_unpack_to_more_than_they_say_are_stopped():
    magic = b"THROUGHLINE-ALLOCATION\n"
    bomb = magic + struct.pack("<Q32s", 100, bytes(32)) + zlib.compress(bytes(50_000_000))
    with pytest.raises(SnapshotError, match="cut short or changed"):
        Snapshot.from_bytes(bomb)
    huge = magic + struct.pack("<Q32s", 1 << 62, bytes(32)) + zlib.compress(b"")
    with pytest.raises(SnapshotError, match="it says it holds"):
        Snapshot.from_bytes(huge)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"school": [0, 7, 1]}, r"school\[1\] is 7, expected 0 to 1"),
        ({"school": [0, 0, 1]}, "child 0 names school oak twice"),
        ({"named": [-1, 2]}, r"named\[1\] is 2"),
        ({"secured": [-2, -1]}, r"secured\[0\] is -2"),
        ({"start": [0, 2, 4]}, "start must rise from 0 to 3"),
        ({"start": [0, 3]}, "start has 2 entries"),
        ({"late": [2, 0]}, r"late\[0\] is 2"),
        ({"distance": [1, 2]}, "distance has 2 entries, expected 3"),
        ({"lot": [0, 4, 4]}, "two children hold lot 4 at school elm"),
        ({"held_facts": [0, 1 << 9, 0]}, "held_facts"),
        ({"facts": ("a", "a")}, "listed twice"),
        ({"facts": tuple(f"f{i}" for i in range(33))}, "33 facts"),
        ({"child_keys": ("x", "x")}, "child_keys"),
    ],
)
def test_what_is_wrong_with_a_snapshot_is_named(change, said):
    with pytest.raises(SnapshotError, match=said):
        replace(pair(), known_good=[], **change).validate()


def test_a_school_key_used_twice_is_refused():
    schools = pair().schools
    with pytest.raises(SnapshotError, match="used twice"):
        replace(pair(), known_good=[], schools=(schools[0], schools[0])).validate()


def test_a_negative_admission_number_is_refused():
    with pytest.raises(SnapshotError, match="negative"):
        snapshot({"oak": Arrangement(-1, PLAIN)}, []).validate()


def test_a_band_the_school_does_not_have_is_refused():
    with pytest.raises(SnapshotError, match="has 2 bands"):
        snapshot({"oak": replace(OAK, bands=Bands((1, 0)))}, [child(ask("oak", 1, band=3))]).validate()


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ([1.5], "expected whole numbers"),
        ([-1], "outside 0 to"),
        ([1 << 40], "outside 0 to"),
        ([[1]], "2 dimensions"),
    ],
)
def test_a_column_of_another_shape_is_refused(column, said):
    with pytest.raises(SnapshotError, match=said):
        replace(snapshot({"oak": OAK}, [child(ask("oak", 1))]), distance=column)


def test_a_snapshot_cannot_be_changed_through_its_columns():
    with pytest.raises(ValueError, match="read-only"):
        pair().distance[0] = 5


def test_the_caller_s_own_array_stays_writable():
    distance = np.array([1, 2, 3], dtype=np.uint32)
    replace(pair(), distance=distance)
    distance[0] = 9
