"""The table of columns: every column has one owner, a range that its type can hold, and a meaning."""

import re
from pathlib import Path

import numpy as np
import pytest

from glasstown import world

OWNERS = {"people", "acting", "watching", "scoring", "gating", "shaming", "reacting", "mending", "measuring", "engine"}
OWNERS |= {"reporting", "detaining", "politics"}
TABLES = {**world.ROOMS, "district": world.DISTRICT, "street": world.STREET, "clock": world.CLOCK}
COLUMNS = [pytest.param(column, id=f"{table}.{column.name}") for table, columns in TABLES.items() for column in columns]
GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"


@pytest.mark.parametrize("column", COLUMNS)
def test_a_range_fits_its_type(column):
    kind = np.dtype(column.kind)
    assert kind.kind in "iu", "the state holds integers only"
    limits = np.iinfo(kind)
    assert limits.min <= column.low < column.high <= limits.max


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_says_who_writes_it_and_what_it_means(column):
    assert column.owner in OWNERS
    assert column.room in {"people", "truth", "record", "life", "world"}
    assert column.unit
    assert len(column.meaning) > 8
    assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)


@pytest.mark.parametrize("table", TABLES)
def test_names_are_unique_within_a_row(table):
    names = [column.name for column in TABLES[table]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_type_holds_its_columns_and_hardly_anything_else(table):
    row = world.row_type(TABLES[table])
    assert sorted(row.names) == sorted(column.name for column in TABLES[table])
    assert all(row[column.name] == np.dtype(column.kind) for column in TABLES[table])
    widest = max(np.dtype(column.kind).itemsize for column in TABLES[table])
    assert row.itemsize - sum(np.dtype(column.kind).itemsize for column in TABLES[table]) < widest


def test_shadow_rows_are_record_rows():
    """The shadow record runs the same rules, so it must be of the same type."""
    for name in ("record", "entries", "listings"):
        shadow = "shadow" if name == "record" else f"shadow_{name}"
        assert world.ROOMS[shadow] is world.ROOMS[name]


def test_record_rows_hold_no_truth():
    """A rule that is handed a record row cannot reach truth: no column of the record's rows comes from it."""
    truth = {column.name for column in world.TRUTH}
    for table in ("record", "entries", "listings", "books"):
        assert not truth & {column.name for column in world.ROOMS[table]}
        assert {column.room for column in world.ROOMS[table]} == {"record"}


def test_the_bits_of_a_byte_are_distinct():
    face = [
        world.DISSENTS,
        world.PRAISES,
        world.STAINED,
        world.AWAY,
        world.SANCTIONED_TODAY,
        world.FINED_TODAY,
        world.DEVIATES,
        world.MARCHES,
    ]
    tray = [
        world.LEAVES_SIGHTING,
        world.LEAVES_APPEAL,
        world.FINDS_CLAIM,
        world.HAS_TICKET,
        world.JOINS_QUEUE,
        world.WAITS,
        world.AIMS,
        world.ANSWERS,
    ]
    state = [getattr(world, name) for name in dir(world) if name.startswith(("IS_", "IN_", "HAS_JUDGMENT"))]
    ever = [getattr(world, name) for name in dir(world) if name.startswith("EVER_")]
    for bits, most in ((face, 256), (tray, 256), (state, 2**16), (ever, 2**32)):
        assert all(0 < bit < most and bit & (bit - 1) == 0 for bit in bits)
        assert len(set(bits)) == len(bits)


def test_the_town_has_an_array_for_every_room():
    assert set(world.ROOMS) <= set(world.Town._fields)


def test_the_glossary_knows_the_words_of_the_columns():
    """Rooms, owners and groups of people are called the same in the documents as in the code."""
    glossary = GLOSSARY.read_text(encoding="utf-8").lower()
    for word in (
        "truth",
        "record",
        "face",
        "shadow record",
        "sanctioned",
        "hardship",
        "twin",
        "sighting",
        "finding",
        "entry",
        "list",
        "band",
    ):
        assert f"**{word}**" in glossary, word
