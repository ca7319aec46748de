"""Names of transfer files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.formats.ctf import CtfName, authority_place, make_ctf_name, parse_ctf_name


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("8201234_CTF_8014321_001.xml", CtfName("8201234", "8014321", 1)),
        ("820llll_ctf_8201234_042.XML", CtfName("820LLLL", "8201234", 42)),
        ("8201234_CTF_XXXXXXX_999.xml", CtfName("8201234", "XXXXXXX", 999)),
        ("8201234_CTF_MMMMMMM_000.xml", CtfName("8201234", "MMMMMMM", 0)),
        ("8201234_CTF_LLLLLLL_001.xml", CtfName("8201234", "LLLLLLL", 1)),
        ("8201234_ATF_8014321_001.xml", None),
        ("820123_CTF_8014321_001.xml", None),
        ("8201234_CTF_8014321_1.xml", None),
        ("../8201234_CTF_8014321_001.xml", None),
        ("8201234_CTF_8014321_001.xml.exe", None),
        ("٨201234_CTF_8014321_001.xml", None),
    ],
)
def test_a_name_says_who_sends_and_who_receives(name: str, meaning: CtfName | None) -> None:
    assert parse_ctf_name(name) == meaning


places = st.from_regex(r"\A([0-9]{7}|[0-9]{3}LLLL|XXXXXXX|MMMMMMM)\Z")


@given(places, places, st.integers(1, 999))
def test_a_name_that_is_made_is_read_back(sender: str, receiver: str, number: int) -> None:
    made = make_ctf_name(sender, receiver, number)
    assert parse_ctf_name(str(made)) == made


@pytest.mark.parametrize(
    ("receiver", "number"), [("8201234", 0), ("8201234", 1000), ("820", 1), ("820llll", 1)]
)
def test_a_name_nobody_could_read_is_not_made(receiver: str, number: int) -> None:
    with pytest.raises(ValueError, match="no transfer file"):
        make_ctf_name(authority_place("801"), receiver, number)
