"""Whether the tables of a policy mean anything together: views, orders, displays, reports, growth, protest and safeguards."""

from typing import Any

from glasstown.files import Document
from glasstown.places import KeyPath
from glasstown.policy.raw import Deeds, Sensors, above_zero, feeding, known, rules, text, those, whole
from glasstown.tables import CLAIMS

_NEEDS = {  # a safeguard's number that means nothing without others
    "human_review": ("review_sensitivity", "review_specificity"),
    "review_sensitivity": ("human_review",),
    "review_specificity": ("human_review",),
    "report_inquiry": ("inquiry_sensitivity", "inquiry_specificity"),
    "inquiry_sensitivity": ("report_inquiry",),
    "inquiry_specificity": ("report_inquiry",),
    "false_report_penalty_cents": ("report_inquiry",),
}
_APPEALING = ("reasons", "correct_everywhere", "independent_appeal")  # safeguards that speak to an appeal
_REPORTING = ("corroborated_reports", "report_inquiry")  # and to reports


def agree(document: Document, deeds: Deeds, sensors: Sensors) -> None:
    """Note every table, or key of one, that means nothing without what it belongs to."""
    _views(document)
    _orders(document)
    _risk(document, deeds)
    _answers(document, sensors)
    _display(document)
    _reports(document, sensors)
    _rollout(document, deeds)
    if "protest" in document.data and not document.data.get("rule"):
        document.problem(("protest",), "[protest] means nothing without rules: nobody marches against nothing", "leave [protest] out")
    _safeguards(document, sensors)


def _views(document: Document) -> None:
    """The view that is looked for, and whose sanction counts, must be said once where rules need it."""
    looking = [path for path, rule in rules(document) if rule.get("deed") == "holds_view"]
    if looking and "views" not in document.data:
        document.problem(
            (*looking[0], "deed"), "no [views] says which view is looked for", "add [views] with from, a number from -1 to below 0"
        )
    if "views" in document.data and not looking:
        document.problem(("views",), "[views] means nothing without a rule about `holds_view`", "add such a rule, or leave [views] out")
    through = [(path, rule["through"]) for path, rule in rules(document) if isinstance(rule.get("through"), str)]
    for path, value in through[1:]:
        if value != through[0][1]:
            document.problem((*path, "through"), f'an earlier rule goes through "{through[0][1]}"', "all rules must go through the same")


def _orders(document: Document) -> None:
    ordered = [(path, rule) for path, rule in rules(document) if rule.get("deed") == "by_order"]
    for path, _ in ordered[1:]:
        document.problem((*path, "deed"), "there is an earlier rule about `by_order`", "a policy has one order: keep one of the two")
    ends = whole(document.value(("safeguards", "sunset_days")))
    for path, rule in ordered:
        day = whole(rule.get("order_day"))
        if day is not None and ends is not None and day >= ends:
            message = f"the policy ends by itself after {ends:,} days: the order never comes"
            document.problem((*path, "order_day"), message, "choose an earlier day, or a later sunset_days")


def _risk(document: Document, deeds: Deeds) -> None:
    """A rule about high_risk needs a model, and a model a rule; it names by rank or by score."""
    named = [path for path, rule in rules(document) if rule.get("deed") == "high_risk"]
    risk = document.value(("risk",))
    if named and not isinstance(risk, dict):
        document.problem((*named[0], "deed"), "no [risk] says what the model does", "add [risk] with every_days, distance and named_share")
    if not isinstance(risk, dict):
        return
    if not named:
        document.problem(("risk",), "[risk] means nothing without a rule about `high_risk`", "add such a rule, or leave [risk] out")
    if ("named_share" in risk) == ("named_from" in risk):
        help_ = "named_share names the highest share of scores, named_from whoever scores at least so much"
        document.problem(("risk",), "the model must name by `named_share` or by `named_from`, and by one of the two only", help_)
    foretells = risk.get("foretells")
    able = [name for name in deeds if name not in CLAIMS]
    for place, name in enumerate(foretells if isinstance(foretells, list) else ()):
        if isinstance(name, str):
            known(document, ("risk", "foretells", place), name, able, "deed")


def _answers(document: Document, sensors: Sensors) -> None:
    """An answer needs a machine's claim, and somebody who is told of it."""
    mending = document.value(("mending",))
    if not isinstance(mending, dict):
        return
    if above_zero(mending.get("answer_share")) and mending.get("notice") is not True:
        _idle(document, ("mending", "answer_share"), "nobody answers a claim that she is not told of", "say notice = true, or leave it out")
    if above_zero(mending.get("answer_share")) and not _machines(document, sensors):
        _idle(document, ("mending", "answer_share"), "no machine feeds this record: there is no claim to answer", "leave it out")
    for key, other in (("answer_share", "answer_clears"), ("answer_clears", "answer_share")):
        if key in mending and other not in mending:
            _idle(document, ("mending", key), f"`{key}` means nothing without `{other}`", f"give `{other}` too, or leave `{key}` out")


def _machines(document: Document, sensors: Sensors) -> bool:
    """Whether software feeds the record, a risk model among it."""
    own = {text(row.get("sensor")): row.get("machine") for _, row in document.tables("watch")}
    feeds = feeding(document) & {*sensors}
    return "risk" in document.data or any((sensors[name].machine if own.get(name) is None else own[name]) for name in feeds)


def _display(document: Document) -> None:
    shown = any(above_zero(rule.get("display_days")) for _, rule in rules(document))
    shown = shown or any(above_zero(row.get("show_days")) for _, row in document.tables("list"))
    if "display" in document.data and not shown:
        message = "[display] means nothing: no rule has display_days and no list has show_days"
        document.problem(("display",), message, "give one of them, or leave [display] out")


def _tells(document: Document, sensors: Sensors) -> bool:
    """Whether people tell on one another under this policy."""
    return any(name in sensors and sensors[name].reports for name in feeding(document))


def _telling(sensors: Sensors) -> str:
    return f"sensors that are other people: {those(name for name, sensor in sensors.items() if sensor.reports)}"


def _reports(document: Document, sensors: Sensors) -> None:
    if "reports" in document.data and not _tells(document, sensors):
        message = "[reports] means nothing: no rule or [[watch]] names a sensor by which people tell on one another"
        document.problem(("reports",), message, f"{_telling(sensors)}; or leave [reports] out")


def _rollout(document: Document, deeds: Deeds) -> None:
    table = document.value(("rollout",))
    if not isinstance(table, dict):
        return
    if not document.data.get("rule"):
        document.problem(("rollout",), "[rollout] means nothing without rules: there is nothing that could grow", "leave [rollout] out")
        return
    for key in ("approval_bar", "scandal_bar"):
        if key in table and table.get("by") == "schedule":
            _idle(document, ("rollout", key), f"`{key}` means nothing by schedule", 'say by = "politics", or leave it out')
    if table.get("by") == "politics" and "approval_bar" not in table:
        document.problem(("rollout", "by"), "growing by politics needs `approval_bar`", "give the share of adults who must approve")
    if "everywhere_stage" in table and "pilot_districts" not in table:
        _idle(
            document,
            ("rollout", "everywhere_stage"),
            "`everywhere_stage` means nothing without `pilot_districts`",
            "say in how many districts it begins",
        )
    _stages(document, table, deeds)


def _stages(document: Document, table: dict[str, Any], deeds: Deeds) -> None:
    """What is said to come later must exist, and something must come later."""
    ruled = {deeds[name] for _, rule in rules(document) if (name := text(rule.get("deed"))) in deeds}
    closing = [row.get("refuse") for _, row in (*document.tables("list"), *document.tables("band", ("score",)))]
    closed = {gate for refuse in closing if isinstance(refuse, dict) for gate, share in refuse.items() if above_zero(share)}
    named: list[Any] = []
    for key, exist, what in (("contexts", ruled, "no rule is about"), ("gates", closed, "no band or list closes the gate")):
        stages = table.get(key)
        for name in stages if isinstance(stages, dict) else ():
            if name not in exist:
                _idle(document, ("rollout", key, name), f"{what} `{name}`: it cannot come later", f"those that can: {those(sorted(exist))}")
        named += stages.values() if isinstance(stages, dict) else ()
    if "pilot_districts" not in table and not any((whole(stage) or 0) > 0 for stage in named):
        help_ = "give pilot_districts, or contexts or gates a stage above 0, or leave [rollout] out"
        document.problem(("rollout",), "[rollout] says of nothing that it comes later", help_)


def _safeguards(document: Document, sensors: Sensors) -> None:
    table = document.value(("safeguards",))
    if not isinstance(table, dict):
        return
    for key, others in _NEEDS.items():
        for other in others:
            if key in table and other not in table:
                help_ = f"give `{other}` too, or leave `{key}` out"
                _idle(document, ("safeguards", key), f"`{key}` means nothing without `{other}`", help_)
    if "evidence_days" in table and "evidence_claims" not in table and table.get("corroborated_reports") is not True:
        help_ = "give `evidence_claims` or `corroborated_reports`, or leave it out"
        _idle(document, ("safeguards", "evidence_days"), "`evidence_days` means nothing without `evidence_claims`", help_)
    if not above_zero(document.value(("mending", "appeal_rate"))):
        for key in _APPEALING:
            if table.get(key) is True:
                help_ = "give [mending] an appeal_rate above 0"
                _idle(document, ("safeguards", key), f"`{key}` means nothing without an appeal", help_)
    _inquiries(document, table, sensors)
    if "detention_limit_days" in table and not _detains(document):
        message = "nobody is detained under this policy: there is nothing to limit"
        _idle(document, ("safeguards", "detention_limit_days"), message, "leave it out")


def _inquiries(document: Document, table: dict[str, Any], sensors: Sensors) -> None:
    """Reviews need machines, and inquiries reports."""
    if "human_review" in table and not _machines(document, sensors):
        message = "no machine feeds this record: there is nothing to review"
        _idle(document, ("safeguards", "human_review"), message, "leave it out")
    if not _tells(document, sensors):
        for key in _REPORTING:
            if table.get(key) not in (None, False):
                message = f"`{key}` means nothing: under this policy people do not tell on one another"
                _idle(document, ("safeguards", key), message, f"{_telling(sensors)}; or leave it out")


def _detains(document: Document) -> bool:
    return any(above_zero(rule.get("detain_days")) for _, rule in rules(document)) or above_zero(document.value(("protest", "arrest_days")))


def _idle(document: Document, path: KeyPath, message: str, help_: str) -> None:
    """A key that means nothing here."""
    document.problem(path, message, help_, True)
