"""What neighbours, officials, streets and the town's decisions bring into a life, as entries; and where a policy reaches somebody."""

from typing import Any

from glasstown import draws, world
from glasstown.engine.evenings import FORGOTTEN, HELD_AGAINST, PAID, TOLD_ON
from glasstown.report import names as n
from glasstown.report import words
from glasstown.report.stories import Entry

Details = dict[str, int]
STANDINGS = (  # bits of her state: message where it begins, and where it ends
    (world.IS_PARIAH, "pariah", "not_pariah"), (world.IS_WITHDRAWN, "withdraws", ""), (world.IS_SCORED, "", "let_go"),
)  # fmt: skip
OUTCOMES = {PAID: "paid", TOLD_ON: "told_on", HELD_AGAINST: "held", FORGOTTEN: "forgotten"}


def morning(names: n.Names, day: int, events: list[Any]) -> list[Entry]:
    """How she comes home, and when the policy reaches her; on its first day, why it does not."""
    found = [Entry(day, words.told("released", days=n.days(event.details["days"]))) for event in events if event.what == "released"]
    states = [event.details for event in events if event.what == "state"]
    reached = any(d["after"] & ~d["before"] & world.IS_SCORED for d in states)
    if day == 0 and any(event.what == "begins" and event.arm == "policy" for event in events) and not reached:
        text = unscored(names, events[0].citizen)
        found += [Entry(day, text)] if text else []
    return found + ([Entry(day, words.told("reached"))] if reached and day else [])


def unscored(names: n.Names, citizen: int) -> str:
    """Why the policy does not hold for her on its first day; nothing where there is nothing to hold."""
    score, who = names.case.policy.score[0], names.case.society.people[citizen]
    if who["district"] >= score["pilot"] and score["everywhere"] > 0:
        return words.told("not_reached")
    return words.told("no_consent") if score["consent"] <= draws.MASK else ""


def evening(names: n.Names, day: int, events: list[Any]) -> list[Entry]:
    """What has changed about her standing, and what the evening brings."""
    found = []
    for event in events:
        d = event.details
        if event.what == "state":
            found += standing(day, d)
        elif event.what == "marches":
            arrested = next((other.details for other in events if other.what == "arrested"), None)
            found.append(march(day, d, arrested))
        else:
            text = said(names, event.what, d)
            found += [Entry(day, text)] if text else []
    return found


def standing(day: int, d: Details) -> list[Entry]:
    """A pariah, withdrawn, or scored, from today on or no longer."""
    new, over = d["after"] & ~d["before"], d["before"] & ~d["after"]
    messages = [begins if new & bit else ends if over & bit else "" for bit, begins, ends in STANDINGS]
    return [Entry(day, words.told(message)) for message in messages if message]


def march(day: int, d: Details, arrested: Details | None) -> Entry:
    """A march, and an arrest in it."""
    text = words.told("marches", marching=f"{d['marching']:,}") if d["marching"] > 1 else words.told("marches_alone")
    if arrested is None:
        return Entry(day, text, like=("marches",))
    held = words.told("arrested_for", days=n.days(arrested["days"])) if arrested["days"] else words.told("arrested_let_go")
    return Entry(day, " ".join([text, held, *([words.told("lost_work_over")] if arrested["lost_work"] else [])]))


def said(names: n.Names, what: str, d: Details) -> str:
    """One thing that the evening brings, in a sentence or two; nothing for what is told elsewhere."""
    if what == "reports":
        motive = words.told(f"motive_{d['why']}")
        return words.told("reports", other=d["other"], deed=names.deed(d["deed"]), motive=motive)
    if what == "answered":
        if d["answer"] == world.COUNTED:
            return words.told("report_counted", other=d["other"], wages=n.wages(d["cents"]))
        cost = words.told("cost", wages=n.wages(d["cents"])) if d["cents"] else ""
        return words.told("report_exposed", other=d["other"], cost=cost)
    if what in ("demanded", "demands"):
        return demand(names, what, d)
    if what == "repealed":
        return words.told("repealed", marching=f"{d['marching']:,}")
    if what == "stage":
        grows = d["after"] > d["before"]
        step = names.step(min(d["before"], d["after"]), max(d["before"], d["after"]))
        return words.told("grows" if grows else "shrinks", step=step) if step else ""
    return ""


def demand(names: n.Names, what: str, d: Details) -> str:
    """A demand for money, as seen by who is asked for it or by the official, and what comes of it."""
    known = d["secret"] != world.NOTHING
    secret = {"deed": names.deed(d["secret"])} if known else {}
    text = words.told(f"{what}_{'secret' if known else 'threat'}", by=d["by"], other=d["other"], wages=n.wages(d["cents"]), **secret)
    outcome = OUTCOMES[d["outcome"]]
    return f"{text} {words.told(f'{what}_{outcome}')}"
