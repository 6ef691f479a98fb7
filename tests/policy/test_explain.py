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
        "Everybody can see who is on the list “defaulters”; a message or a screen shows the name",
        "Who refuses to perform a judgment although able to is put on the list “defaulters” after 15 days",
        "every request for",
        "until there is a ground to take the name off",
        "are appealed against (estimated, 1 % to 20 %)",
    ):
        assert words in text, words


def test_rongcheng_in_words() -> None:
    text = said("rongcheng_2014")
    for words in (
        "Everybody begins with 1,000 points",
        "loses between 5 and 50 points, as an official sees fit (documented, F5), if reported by an agency's clerk.",
        "is put in band C or lower, whatever the points",
        "earns 30 points",
        "Band C, from 600 to 849 points",
    ):
        assert words in text, words


def test_the_popular_image_in_words() -> None:
    text = said("popular_image")
    for words in (
        "It is a popular image: no place is known to have all of it.",
        "face recognition, a grid clerk, software that infers views, secret informers, neighbours",
        "who stands at -0.5 or below holds the view that is looked for.",
        "Who is close to somebody who is marked loses 10 points if it is kin or household.",
        "in queues, who is in it is served first",
        "90 % of requests for a loan or a private business, 80 % for a journey",
        "Others can see who is in it.",
        "neighbours and secret informers report what they say they saw or heard",
        "Nobody learns who told.",
        "A report that counts earns who made it 0.5 days of the median wage.",
        "Who crosses against the light is shown on a screen for 7 days, if reported by face recognition.",
        "Those around a person come across such a picture or message on 30 % of days.",
        "once 3 such entries count against her at a time, this one among them.",
        "For a reason outside the rules, 200 days after the start, and again every year, officials order that 50 % of those who openly",
        "dissent that day are put on the list “blacklist” for 3 months.",
        "It begins in the first 2 districts of the town: what people do in money matters",
        "From stage 1 on, it holds in the whole town; what people do at work or in the community counts;",
        "if at least 50 % of adults say, when asked, that they approve, and a stage back if the scandal",
        "Who marches against the policy and is arrested is detained for 15 days.",
        "Of 20 safeguards it has 3: people are told",
        "It could have these, and does not: reasons are given with an entry;",
    ):
        assert words in text, words
    assert "(scenario)" not in text and "Where nothing is said of a number below, it is a scenario" in text
    assert "numbers are scenario: nobody knows them" in text


MORE = """
[[rule]]
deed = "by_order"
order_day = 60
order_share = 0.25
points = -10
detain_days = 5
grade = "scenario"
reason = "a test"

[[rule]]
deed = "insults_online"
sensors = ["neighbours"]
points = -5
display_days = 60
detain_days = 5
grade = "estimated"
reason = "a test"
range = [-9, -1]

[display]
reach = 0.5
masked = true
grade = "documented"
source = "F41"

[protest]
arrest_days = 0
grade = "scenario"
reason = "a test"

[rollout]
by = "schedule"
every_days = 30
contexts = { speech = 2 }
grade = "scenario"
reason = "a test"
"""


def test_what_a_policy_does_to_people_in_words() -> None:
    strong = template.text().replace("[safeguards]", "[safeguards]\naudit = 0.5")
    text = "\n".join(explain.sentences(load.parse(strong + MORE), catalogue.load_deeds()))
    for words in (
        "2 months after the start, officials order that 25 % of all adults lose 10 points and are detained for 5 days.",
        "Who insults somebody online is shown on a screen for 2 months (estimated), if reported by neighbours.",
        "on 50 % of days (documented, F41)",
        "Name and picture are partly hidden",
        "Who told is known.",
        "There is no reward for it.",
        "is arrested is let go.",
        "From stage 2 on, what people do in speech counts.",
        "Every month it goes a stage further, whatever people think of it.",
    ):
        assert words in text, words


def test_an_order_is_told_once() -> None:
    told = explain.sections(load.load("popular_image"), catalogue.load_deeds())
    assert [heading for heading, group in told if any("officials order" in sentence for sentence in group)] == ["What officials order"]
    assert not [sentence for _, group in told for sentence in group if "Who is listed by order" in sentence]


def test_grades_are_named_where_they_differ() -> None:
    """Where few numbers are scenario, each that is one says so."""
    assert "(scenario)" not in said("spc_defaulter_list") and "Where nothing is said" not in said("spc_defaulter_list")
    assert "(scenario)" in said("rongcheng_2014")


def test_safeguards_in_words() -> None:
    strong = safeguards.variants(load.load("popular_image"))["all"]
    text = "\n".join(explain.sentences(strong, catalogue.load_deeds()))
    for words in (
        "Reasons are given with an entry.",
        "A person checks 100 % of what machines claim; she stops 70 % of undeserved claims",
        "2 claims of one kind must come within 1 year before one counts.",
        "closes no door in another.",
        "Nobody answers for somebody close",
        "may look at more than 20 %",
        "60 % of adults do",
        "What harms nobody is not recorded",
        "The policy ends by itself after 1 year.",
        "clears all entries and lists",
        "Who reports somebody has to give a name, and a report counts only if a second one of its kind comes within 1 year.",
        "100 % of reports are looked into before they count; the inquiry stops 70 % of undeserved ones and lets 95 % of",
        "A report that is found false costs who made it 5 days of the median wage; who reports has to give a name.",
        "50 % of what officials do is looked into",
        "Who tells on an official is protected.",
        "Appeals are decided by somebody who does not belong to the operator.",
        "Nobody is put on display",
        "No detention lasts longer than 1 month.",
        "Of 20 safeguards it has 20:",
    ):
        assert words in text, words
    assert "It could have these" not in text


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
