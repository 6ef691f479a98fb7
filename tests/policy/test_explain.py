"""Plain sentences, the parameter table and the schema for editors."""

import json
from collections.abc import Iterator

import pytest

from glasstown import catalogue
from glasstown.policy import editor, explain, load, safeguards, template

PRESETS = ["none", "popular_image", "spc_defaulter_list", "rongcheng_2014"]


def said(name: str) -> str:
    return "\n".join(explain.sentences(load.load(name), catalogue.load_deeds()))


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_sentences(name: str) -> None:
    for sentence in explain.sentences(load.load(name), catalogue.load_deeds()):
        assert sentence[0] in "“" or not sentence[0].islower()
        assert sentence.endswith("."), sentence
        assert "_" not in sentence.split("(documented")[0] or "Sources" in sentence, sentence
        assert "None" not in sentence and "  " not in sentence


def test_the_list_in_words() -> None:
    text = said("spc_defaulter_list")
    for words in (
        "for 2 years (documented",
        "within 3 working days (documented",
        "Everybody can see who is on it; a message or a screen shows the name",
        "every request for",
        "until there is a ground to take the name off",
        "are appealed against (estimated, 1 % to 20 %)",
    ):
        assert words in text, words


def test_rongcheng_in_words() -> None:
    text = said("rongcheng_2014")
    for words in (
        "Everybody begins with 1,000 points",
        "costs between 5 and 50 points, as an official sees fit,",
        "puts a person in band C or lower, whatever the points",
        "earns 30 points",
        "Band C, from 600 to 849 points",
    ):
        assert words in text, words


def test_the_popular_image_in_words() -> None:
    text = said("popular_image")
    for words in (
        "It is the popular image of such a system, not a documented one.",
        "face recognition, a grid clerk, software that infers views, secret informers, neighbours",
        "who stands at -0.5 or below holds the view that is looked for (scenario)",
        "“is close to somebody who is marked” costs 10 points through kin and household (scenario)",
        "in queues she is served first",
        "of requests for a private business",
        "Others can see who is in it.",
        "Of 13 safeguards it has 3; it does not have these: reasons are given with an entry;",
    ):
        assert words in text, words


def test_safeguards_in_words() -> None:
    strong = safeguards.variants(load.load("popular_image"))["all"]
    text = "\n".join(explain.sentences(strong, catalogue.load_deeds()))
    for words in (
        "Reasons are given with an entry.",
        "A person checks 100 % of what machines claim (scenario); she stops 70 % of undeserved claims",
        "2 claims of one kind (scenario) must come within 1 year (scenario) before one counts.",
        "closes no door in another.",
        "Nobody answers for somebody close",
        "may look at more than 20 % (scenario)",
        "60 % of adults do (scenario)",
        "What harms nobody is not recorded",
        "The policy ends by itself after 1 year (scenario).",
        "clears all entries and lists",
        "It has all of 13 safeguards.",
    ):
        assert words in text, words


def test_changes_of_a_sensor_in_words() -> None:
    watch = """
[[watch]]
sensor = "inference"
delay_days = 5
machine = false
dprime = [1.5, 1.0]
threshold = 2.0
cost_cents_per_sighting = 5_000
cost_cents_per_year = 20_000
grade = "estimated"
reason = "a test"
range = [1, 9]
"""
    text = "\n".join(explain.sentences(load.parse(template.text() + watch), catalogue.load_deeds()))
    for words in (
        "what it sees arrives after 5 days",
        "a person says what was seen",
        "by 1.5 (majority) and 1 (minority) standard deviations",
        "says so from 2 standard deviations on",
        "each report costs 0.5 days of the median wage",
        "it costs 2 days of the median wage a year and adult (estimated, 1 to 9 days)",
    ):
        assert words in text, words


def test_what_is_left_blank_is_said() -> None:
    text = "\n".join(explain.sentences(load.parse(template.text()), catalogue.load_deeds()))
    assert "The file names neither a purpose nor an aim nor a legal basis." in text


@pytest.mark.parametrize("name", PRESETS)
def test_every_number_has_its_evidence(name: str) -> None:
    for row in explain.numbers(load.load(name)):
        if row.grade == "documented":
            assert row.source, row
        else:
            assert row.reason, row
        if row.grade == "estimated" and row.range:
            low, high = row.range
            assert low <= high
            if isinstance(row.value, (int, float)):
                assert low <= row.value <= high, row


def nodes(schema: object) -> Iterator[dict[str, object]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from nodes(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from nodes(value)


def test_schema_for_editors() -> None:
    schema = json.loads(editor.json_schema_text())
    assert schema["$schema"].endswith("2020-12/schema")
    fields = [(name, field) for node in nodes(schema) for name, field in dict(node.get("properties", {})).items()]  # type: ignore[call-overload]
    assert len(fields) > 80
    assert not [name for name, field in fields if isinstance(field, dict) and not field.get("description")]


@pytest.mark.parametrize("name", PRESETS)
def test_first_line_names_the_schema(name: str) -> None:
    assert (load.FOLDER / f"{name}.toml").read_text(encoding="utf-8").startswith("#:schema ./policy.schema.json\n")
    assert template.text().startswith("#:schema ./policy.schema.json\n")


@pytest.mark.parametrize("name", PRESETS)
def test_schema_accepts_what_load_accepts(name: str) -> None:
    import tomllib

    jsonschema = pytest.importorskip("jsonschema")
    data = tomllib.loads((load.FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    jsonschema.validate(data, editor.json_schema())
