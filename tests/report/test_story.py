"""The story says in words what the kept study found in numbers: where a finding changes, the words must be written anew."""

import re
from pathlib import Path

import pytest

from glasstown.report import claims, story
from glasstown.study import claims as study

TOLD = {
    1: "holds", 2: "holds", 3: "holds", 4: "cannot tell", 5: "cannot tell", 6: "cannot tell", 7: "holds", 8: "holds", 9: "holds",
    10: "holds", 11: "holds", 12: "holds in part", 13: "holds in part", 14: "holds", 15: "in some worlds", 16: "in some worlds",
}  # fmt: skip
WORDS = {
    "dealings_kept": "less", "trust": "less", "intrinsic_good_deeds": "less", "dissenting": "cannot tell", "silent_critics": "more",
    "view_after_wrong_flag": "less", "flagged_wrongly": "more", "income_with_pariah": "less", "diversity_views": "cannot tell",
    "diversity_conduct": "cannot tell", "isolated": "more", "pariahs": "more", "detained_harmless": "more", "denounced": "more",
}  # fmt: skip


def test_the_prose_fits_what_was_found() -> None:
    assert {row["number"]: row["finding"] for row in claims.kept()["claims"]} == TOLD
    assert {name: story.found(name)["verdict"] for name in WORDS} == WORDS


@pytest.mark.parametrize(
    ("number", "names"), [(4, {"contagion", "certainty"}), (9, {"shun"}), (15, {"notoriety"}), (16, {"grievance_sanction"})]
)
def test_what_the_prose_says_it_hangs_on(number: int, names: set[str]) -> None:
    row = claims.kept()["claims"][number - 1]
    assert names <= {mover["name"] for mover in row["moved_by"]}


def test_what_the_prose_says_of_knock_outs() -> None:
    assert {story.found(name)["left"]["what"] for name in ("isolated", "pariahs", "view_after_wrong_flag")} == {"vanishes"}
    detained, wrongly = story.found("detained_days"), story.found("wrongly_sanctioned")
    assert detained["left"]["value"] > 0.9 * detained["value"] and 0.3 < wrongly["left"]["value"] / wrongly["value"] < 0.8


def test_every_claim_is_told_and_every_picture_is_drawn() -> None:
    text = story.told()
    assert all(re.search(rf"Claims? [^:]*\b{claim.number}\b", text) for claim in study.CLAIMS)
    drawn = story.pictures() | claims.pictures()
    shown = re.findall(r"\(pictures/([^)]+)\)", text)
    assert set(shown) == set(drawn) and len(shown) == len(drawn)
    kept = Path(__file__).parents[2] / "docs" / "pictures"
    assert all((kept / name).read_text(encoding="utf-8").startswith("<svg") for name in shown)


def test_a_picture_of_hundreds_can_be_read_aloud() -> None:
    svg = story.pictures()["story-hundred.svg"]
    assert svg.count("of 100</text>") == len(story.HUNDRED) and "<desc" in svg and "nan" not in svg
