"""The page on claims tells the study that is kept, and that study is about the claims as they stand."""

from glasstown.report import claims as said
from glasstown.study import claims, tipping


def test_the_kept_study_is_about_these_claims() -> None:
    study = said.kept()
    assert study["policy"] == claims.POLICY and study["smoke_run"] is False
    assert study["command"].startswith("glasstown claims --policy")
    remake = "run: glasstown claims --json > src/glasstown/report/claims.json; python -m glasstown.report.documents"
    told = [(row["number"], row["by"], row["claim"], row["outcome"], row["direction"]) for row in study["claims"]]
    assert told == [(each.number, each.by, each.says, each.outcome, each.direction) for each in claims.CLAIMS], remake
    assert [row["in_force"] for row in study["claims"]] == [each.in_force for each in claims.CLAIMS], remake
    request = study["request"]
    assert (request["people"], request["days"]) == (claims.PEOPLE, claims.DAYS)
    assert request["pairs"] == claims.PAIRS and f"--pairs {request['pairs']} " in study["command"]


def test_findings_follow_from_the_numbers() -> None:
    """Nobody has edited the table: each finding is what the one rule makes of the row's own interval."""
    by_number = {claim.number: claim for claim in claims.CLAIMS}
    for row in said.kept()["claims"]:
        if row["finding"] == claims.NOT_MEASURED:
            continue
        if "tips" in row:  # told as a distribution over worlds
            assert row["finding"] == tipping.told(row["tips"]["tipped"], row["tips"]["worlds"])
            continue
        assert row["finding"] == claims.finding(by_number[row["number"]], row["verdict"])
        if row["finding"] != "cannot tell" and "curve" not in row:
            assert row["low"] * row["high"] > 0 and abs(row["value"]) > (row["floor"] or 0)
            assert (row["value"] > 0) == (row["verdict"] == "more")
