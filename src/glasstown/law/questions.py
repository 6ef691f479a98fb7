"""Questions about what a policy does: what it watches and keeps, what follows for people, and what can be put right."""

from glasstown.law.asking import asked, declared
from glasstown.law.logic import Finding, opposite
from glasstown.law.reading import OFFICIAL, PICTURES, Reading, few, loses, of_rule, quoted

# ---- what kind of thing it is ------------------------------------------------------------------------------------------


@asked("software infers something that counts")
def artificial_intelligence(reading: Reading) -> Finding:
    """An inferring sensor or a risk model is enough; a table of points that people wrote may be none."""
    inferring = [f"sensor {quoted(name)} infers or recognises" for name, infers in reading.machines.items() if infers]
    inferring += ["[risk] a model foretells"] if reading.rules("high_risk") else []
    if inferring:
        denied = ["[law] artificial_intelligence = false says otherwise"] if reading.declared.artificial_intelligence is False else []
        return Finding("met", (*denied, *few(inferring)))
    if reading.declared.artificial_intelligence is not None:
        return declared(reading, "artificial_intelligence")
    software = [f"sensor {quoted(name)} is software" for name in reading.machines]
    fixed = "points, lists and sensors follow rules that people wrote; such rules alone may be no artificial intelligence"
    return Finding("cannot be told", few(software) if software else (fixed,))


@asked("software takes part in the decision")
def software_takes_part(reading: Reading) -> Finding:
    """A sensor that is software, a risk model, or declared."""
    software = [f"sensor {quoted(name)} is software" for name in reading.machines] + (["[risk]"] if reading.rules("high_risk") else [])
    if software or reading.declared.artificial_intelligence:
        return Finding("met", few(software) if software else declared(reading, "artificial_intelligence").words)
    return Finding("cannot be told", ("no sensor of the policy is software; what adds up the entries is not in the file",))


@asked("it is in use")
def in_use(reading: Reading) -> Finding:
    """A policy with rules describes a use."""
    return _has_rules(reading)


@asked("it evaluates or classifies people")
def evaluates_persons(reading: Reading) -> Finding:
    """A score, a list or any rule about a person does."""
    return _has_rules(reading)


@asked("it does so over a period of time")
def over_time(reading: Reading) -> Finding:
    """Entries, lists or bands that last longer than a day."""
    kept, score = list[str](), reading.policy.score
    if score is not None and any(rule.points for rule in reading.policy.rule) and score.expiry_days != 1:
        kept.append(f"[score] expiry_days = {score.expiry_days}" if score.expiry_days else "[score] without expiry_days: for ever")
    for rule in reading.policy.rule:
        if rule.list is not None and rule.term_days != 1:
            kept.append(f"{of_rule(rule)} term_days = {rule.term_days}" if rule.term_days else f"{of_rule(rule)} lists without a term")
        if rule.override_band is not None and rule.override_days != 1:
            kept.append(f"{of_rule(rule)} override_band")
    return Finding("met", few(kept)) if kept else Finding("not met", ("nothing is kept for longer than a day",))


@asked("it rests on social behaviour or on personal characteristics")
def behaviour_or_character(reading: Reading) -> Finding:
    """Rules are about deeds, or about claims on what somebody thinks, is at risk of, or is close to; [law] may add personality."""
    rules = [of_rule(rule) for rule in reading.policy.rule]
    inferred = declared(reading, "personality").words if reading.declared.personality else ()
    return Finding("met", (*inferred, *few(rules))) if rules else Finding("not met", ("the policy has no rules",))


@asked("people are treated unfavourably")
def unfavourable_treatment(reading: Reading) -> Finding:
    """A closed door, a mark, a display, detention or a charge; of what only rewards, it cannot be told."""
    if reading.harms:
        return Finding("met", few(reading.harms))
    if reading.rewards:
        return Finding("cannot be told", (*few(reading.rewards), "it only rewards; to be left out may count as unfavourable by comparison"))
    return _nothing_follows(reading)


@asked("it only rewards")
def only_rewards(reading: Reading) -> Finding:
    """It gives, and takes nothing away but what it gives."""
    words = few(reading.rewards) if reading.rewards else ("no band rewards",)
    return Finding("met" if reading.rewards and not reading.harms else "not met", words)


@asked("in a context other than that of the data")
def unrelated_context(reading: Reading) -> Finding:
    """A rule's context beside the context of a door that it helps to close."""
    crossings, guards = list(reading.crossings()), reading.policy.safeguards
    if guards is not None and guards.separate_contexts:
        return Finding("not met", ("[safeguards] separate_contexts = true",))
    if crossings:
        return Finding("met", few(crossings))
    elsewhere = [words for words in reading.harms if "refuses" not in words] or reading.rewards
    if elsewhere:
        return Finding("cannot be told", (*few(elsewhere), "the file does not say to which context this belongs"))
    if reading.closed:
        return Finding("not met", ("no door closes outside the context of the rules that close it",))
    return _nothing_follows(reading)


@asked("out of proportion to what was done, or for nothing of one's own")
def disproportionate(reading: Reading) -> Finding:
    """A consequence without any conduct of one's own is; beyond that an independent test must say."""
    others = [of_rule(rule) for rule in reading.rules("close_to_marked", "by_order")]
    if reading.policy.score is not None and reading.policy.score.pooled:
        others.append("[score] pooled = true: for what others of the household did")
    if others and reading.harms:
        return Finding("met", few(others))
    tested = reading.declared.proportionality_tested
    if tested is not None:
        return Finding("met" if tested == "out of proportion" else "not met", (f'[law] proportionality_tested = "{tested}"',))
    return Finding("cannot be told", ("[law] proportionality_tested is left out",)) if reading.policy.rule else _nothing_follows(reading)


@asked("a statute allows it for a specific purpose")
def specific_purpose_in_law(reading: Reading) -> Finding:
    """What a file says of its legal basis is a claim; only [law] declares it."""
    found = declared(reading, "specific_purpose_in_law")
    basis = " ".join(reading.policy.context.legal_basis.split())
    return Finding(found.answer, (*found.words, f"[context] legal_basis = {quoted(basis)}") if basis else found.words)


def _nothing_follows(reading: Reading) -> Finding:
    """Of a score or list that others may act on it cannot be told what follows; without rules nothing does."""
    found = _has_rules(reading)
    unsaid = "the file names no consequence; what others make of the score or list is not in it"
    return Finding("cannot be told", (unsaid,)) if found.answer == "met" else found


def _has_rules(reading: Reading) -> Finding:
    count = len(reading.policy.rule)
    return Finding("met", (f"[[rule]], {count} in all",)) if count else Finding("not met", ("the policy has no rules in force",))


# ---- further practices ------------------------------------------------------------------------------------------------


@asked("it foretells offences from profiles alone")
def predicts_crimes(reading: Reading) -> Finding:
    """Declared; a risk model that foretells harmful deeds is a sign, and whether it uses profiles alone is not in the file."""
    found = declared(reading, "predicts_crimes")
    if found.answer != "cannot be told":
        return found
    foretold = [f"[risk] foretells {name}" for name in (reading.policy.risk.foretells if reading.policy.risk else ())]
    return Finding("cannot be told", (*few(foretold), *found.words))


@asked("it recognises faces or number plates")
def recognises_faces(reading: Reading) -> Finding:
    """A sensor that looks at faces feeds the record."""
    seen = [f"sensor {quoted(name)}" for name in PICTURES if name in reading.sensors]
    return Finding("met", tuple(seen)) if seen else Finding("not met", ("no sensor of the policy looks at faces",))


def _of_faces(reading: Reading, key: str) -> Finding:
    found = declared(reading, key)
    seen = recognises_faces(reading)
    return seen if found.answer == "cannot be told" and seen.answer == "not met" else found


@asked("its pictures of faces were gathered at large")
def scraped_faces(reading: Reading) -> Finding:
    """Declared; not met where nothing looks at faces."""
    return _of_faces(reading, "scraped_faces")


@asked("it reads emotions at work or in schools")
def emotions_at_work_or_school(reading: Reading) -> Finding:
    """Declared."""
    return declared(reading, "emotions_at_work_or_school")


@asked("it sorts people by faces or bodies into origin, opinions, religion or the like")
def traits_from_faces(reading: Reading) -> Finding:
    """Declared; not met where nothing looks at faces."""
    return _of_faces(reading, "traits_from_faces")


@asked("faces in public are recognised as people walk by, for the police")
def real_time_faces(reading: Reading) -> Finding:
    """Declared; not met where nothing looks at faces."""
    return _of_faces(reading, "real_time_faces")


@asked("only for victims, attacks, threats to life or listed grave offences")
def listed_offences_only(reading: Reading) -> Finding:
    """Not met where a rule on the word of face recognition is about what is no grave offence; else declared."""
    slight = [of_rule(rule) for rule in reading.policy.rule if "face_recognition" in rule.sensors and _is_slight(reading, rule.deed)]
    return Finding("not met", few(slight)) if slight else declared(reading, "listed_offences_only")


def _is_slight(reading: Reading, name: str) -> bool:
    deed = reading.deed(name)
    return deed is not None and deed.kind != "harmful"


# ---- machines, people and what can be put right ----------------------------------------------------------------------------


@asked("software decides, and nobody looks at it")
def solely_automated(reading: Reading) -> Finding:
    """What [law] declares; else claims of machines that no person checks before they count."""
    decides = reading.declared.human_decides
    if decides is not None:
        return Finding("not met" if decides else "met", declared(reading, "human_decides").words)
    rules, guards = reading.by_machine, reading.policy.safeguards
    review = (guards.human_review if guards else None) or 0.0
    if not rules:
        return Finding("cannot be told", ("no rule rests on the word of software alone; [law] human_decides is left out",))
    if review >= 1:
        return Finding("not met", ("[safeguards] human_review = 1",))
    checked = f"[safeguards] human_review = {review:g}" if review else "[safeguards] without human_review"
    return Finding("met", (*few([of_rule(rule) for rule in rules]), checked))


@asked("it has legal or similarly grave effects")
def significant_effect(reading: Reading) -> Finding:
    """Closed doors, detention and charges are grave; of marks, displays and rewards it cannot be told."""
    grave = [words for words in reading.harms if any(key in words for key in ("refuses", "detain_days", "charge_cents"))]
    if grave:
        return Finding("met", few(grave))
    other = [*reading.harms, *reading.rewards]
    return Finding("cannot be told", few(other)) if other else _nothing_follows(reading)


@asked("others draw on the score or list for their own decisions")
def others_draw_on_it(reading: Reading) -> Finding:
    """Doors that banks, employers, landlords and shops keep are closed because of it."""
    found = [words for gate in ("credit", "work", "housing", "business") for words in reading.closed.get(gate, [])]
    return Finding("met", few(found)) if found else Finding("not met", ("no door that others keep is closed",))


@asked("those scored have agreed")
def consent(reading: Reading) -> Finding:
    """Whoever does not agree is left alone."""
    guards = reading.policy.safeguards
    if guards is not None and guards.consent is not None:
        return Finding("met", (f"[safeguards] consent = {guards.consent:g}: who does not agree is left alone",))
    return Finding("not met", ("[safeguards] without consent",))


@asked("a person decides, or looks at what software says before it counts")
def human_decides(reading: Reading) -> Finding:
    """The opposite of deciding by software alone."""
    found = solely_automated(reading)
    return Finding(opposite(found.answer), found.words)


@asked("people learn of their entries")
def entries_made_known(reading: Reading) -> Finding:
    """Notice of entries."""
    known = reading.policy.mending is not None and reading.policy.mending.notice
    return Finding("met" if known else "not met", ("[mending] notice = true" if known else "[mending] without notice",))


@asked("people are told that it is used on them")
def told_beforehand(reading: Reading) -> Finding:
    """Declared; a policy that is not announced does not tell."""
    if reading.declared.told_beforehand is None and not reading.policy.start.announced:
        return Finding("not met", ("[start] announced = false",))
    return declared(reading, "told_beforehand")


@asked("reasons are given")
def reasons_given(reading: Reading) -> Finding:
    """Reasons with an entry."""
    given = reading.policy.safeguards is not None and reading.policy.safeguards.reasons
    return Finding("met" if given else "not met", ("[safeguards] reasons = true" if given else "[safeguards] without reasons",))


@asked("an entry can be challenged")
def appeal_possible(reading: Reading) -> Finding:
    """Appeals that are made, decided and can succeed."""
    mending = reading.policy.mending
    open_ = mending is not None and mending.notice and min(mending.appeal_rate, mending.appeal_capacity_per_100000, mending.sensitivity) > 0
    if mending is None or not open_:
        return Finding("not met", ("no [mending] with notice, appeals and a chance of success",))
    return Finding("met", (f"[mending] sensitivity = {mending.sensitivity:g}, {mending.appeal_capacity_per_100000:g} a day per 100,000",))


@asked("entries are kept without limit of time")
def kept_without_limit(reading: Reading) -> Finding:
    """Points that never expire or decay, lists without a term or a ground of exit, overrides for ever."""
    score, found = reading.policy.score, list[str]()
    if score is not None and score.expiry_days is None and not score.decay and any(map(loses, reading.policy.rule)):
        found.append("[score] without expiry_days or decay")
    exits = {row.name: row.performance for row in reading.policy.list}
    for rule in reading.policy.rule:
        if rule.override_band is not None and rule.override_days is None:
            found.append(f"{of_rule(rule)} without override_days")
        if rule.list is not None and rule.term_days is None and not exits.get(rule.list):
            found.append(f"{of_rule(rule)} without term_days, and its list without a ground of exit")
    return Finding("met", few(found)) if found else Finding("not met", ("points, lists and overrides end",))


@asked("names are made public")
def made_public(reading: Reading) -> Finding:
    """Public lists, marks and displays."""
    found = [words for words in reading.harms if any(key in words for key in ("public =", "show_days", "marked", "display_days"))]
    return Finding("met", few(found)) if found else Finding("not met", ("no public list, mark or display",))


@asked("entries rest on something other than a finding of a court or the police")
def without_legal_finding(reading: Reading) -> Finding:
    """A loss or a list on the word of clerks, software or neighbours; a clerk's word may be an agency's decision."""
    taking = [
        rule for rule in reading.policy.rule if loses(rule) or rule.list or rule.override_band or rule.detain_days or rule.display_days
    ]
    bare = [rule for rule in taking if not set(rule.sensors) & set(OFFICIAL)]
    other = [of_rule(rule) for rule in bare if set(rule.sensors) - {"clerk", "grid_clerk"} or not rule.sensors]
    if other:
        return Finding("met", few(other))
    if bare:
        return Finding(
            "cannot be told", (*few([of_rule(rule) for rule in bare]), "whether a clerk's word is a decision in law is not said")
        )
    return Finding("not met", ("every loss rests on courts or police" if taking else "nothing is taken away",))
