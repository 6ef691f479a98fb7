"""Questions about where a policy stands: who runs it, in which areas of life, on which data, and what single countries ask."""

from glasstown.law.asking import asked, declared
from glasstown.law.logic import Answer, Finding, said, some
from glasstown.law.questions import unfavourable_treatment
from glasstown.law.reading import Reading, few, loses, of_rule, quoted

OF_DOOR = {"work": "employment", "school": "education"}  # doors that belong to an area of Annex III whoever keeps them
MAYBE = {"services": "benefits", "housing": "benefits", "credit": "credit"}  # doors that may


# ---- who runs it ------------------------------------------------------------------------------------------------------


def _operator(reading: Reading, *kinds: str) -> Finding:
    given = reading.declared.operator
    if given is None:
        words = " ".join(reading.policy.context.operator.split())
        return Finding("cannot be told", ("[law] operator is left out", *([f"[context] operator = {quoted(words)}"] if words else [])))
    return Finding(said(given in kinds), (f'[law] operator = "{given}"',))


@asked("an authority runs it")
def public_operator(reading: Reading) -> Finding:
    """Declared."""
    return _operator(reading, "public")


@asked("an authority runs it, or who provides a public service")
def public_or_public_service(reading: Reading) -> Finding:
    """Declared."""
    return _operator(reading, "public", "public service")


# ---- areas of life ----------------------------------------------------------------------------------------------------


def area(reading: Reading, name: str) -> Finding:
    """An area of Annex III: declared, or the policy closes a door that belongs to it."""
    doors = [words for gate, words in reading.closed.items() if OF_DOOR.get(gate) == name]
    if name == "credit":  # a band is a score that decides on credit; a list alone need not weigh anybody's credit
        doors = [[words for words in reading.closed.get("credit", []) if "score.band" in words]]
    found = [one for words in doors for one in words]
    if found:
        return Finding("met", few(found))
    given = reading.declared.areas
    if given is not None:
        return Finding(said(name in given), (f"[law] areas = [{', '.join(map(quoted, given))}]",))
    maybe = [one for gate, words in reading.closed.items() if MAYBE.get(gate) == name for one in words]
    return Finding("cannot be told", (*few(maybe), "[law] areas is left out"))


@asked("it decides about public benefits and services")
def area_benefits(reading: Reading) -> Finding:
    """Annex III, point 5(a)."""
    return area(reading, "benefits")


@asked("it weighs who is worthy of credit")
def area_credit(reading: Reading) -> Finding:
    """Annex III, point 5(b)."""
    return area(reading, "credit")


@asked("it weighs risks for life or health insurance")
def area_insurance(reading: Reading) -> Finding:
    """Annex III, point 5(c)."""
    return area(reading, "insurance")


@asked("it decides about work")
def area_employment(reading: Reading) -> Finding:
    """Annex III, point 4."""
    return area(reading, "employment")


@asked("it decides about education")
def area_education(reading: Reading) -> Finding:
    """Annex III, point 3."""
    return area(reading, "education")


@asked("the police use it on people")
def area_policing(reading: Reading) -> Finding:
    """Annex III, point 6."""
    return area(reading, "policing")


@asked("it is used in migration, asylum or border control")
def area_migration(reading: Reading) -> Finding:
    """Annex III, point 7."""
    return area(reading, "migration")


@asked("courts use it to find facts or to apply the law")
def area_courts(reading: Reading) -> Finding:
    """Annex III, point 8."""
    return area(reading, "courts")


@asked("it identifies or sorts people by their bodies from afar")
def area_biometrics(reading: Reading) -> Finding:
    """Annex III, point 1: a sensor that recognises faces, or declared."""
    if "face_recognition" in reading.sensors:
        return Finding("met", ('sensor "face_recognition"',))
    return area(reading, "biometrics")


@asked("it lies in an area of Annex III other than critical infrastructure")
def annex_iii(reading: Reading) -> Finding:
    """Any of the areas."""
    tests = (area_biometrics, area_education, area_employment, area_benefits, area_credit, area_insurance, area_policing, area_migration,
             area_courts)  # fmt: skip
    found = [test(reading) for test in tests]
    found.append(area(reading, "emergency"))
    answer: Answer = some(one.answer for one in found)
    return Finding(answer, few([words for one in found if one.answer == answer for words in one.words]))


# ---- data ---------------------------------------------------------------------------------------------------------------


@asked("it records or infers opinions")
def records_opinions(reading: Reading) -> Finding:
    """Rules about views or about speaking against the order, or declared."""
    rules = [rule for rule in reading.policy.rule if rule.deed == "holds_view" or _is_dissent(reading, rule.deed)]
    if rules:
        return Finding("met", few([of_rule(rule) for rule in rules]))
    return _trait(reading, "opinions")


def _is_dissent(reading: Reading, name: str) -> bool:
    deed = reading.deed(name)
    return deed is not None and deed.needs == "dissent"


def _trait(reading: Reading, *names: str) -> Finding:
    given = reading.declared.sensitive_traits
    if given is None:
        return Finding("cannot be told", ("[law] sensitive_traits is left out",))
    found = [name for name in given if not names or name in names]
    return Finding(said(bool(found)), (f"[law] sensitive_traits = [{', '.join(map(quoted, given))}]",))


@asked("it holds special kinds of data: origin, opinions, religion, union, genes, body, health, sex life")
def special_data(reading: Reading) -> Finding:
    """Views, dissent and recognised faces are; or declared."""
    opinions = records_opinions(reading)
    if opinions.answer == "met":
        return opinions
    if "face_recognition" in reading.sensors:
        return Finding("met", ('sensor "face_recognition"',))
    return _trait(reading)


@asked("it holds data on offences")
def offences(reading: Reading) -> Finding:
    """A rule on the word of the police, or declared."""
    rules = [of_rule(rule) for rule in reading.policy.rule if "police" in rule.sensors]
    return Finding("met", few(rules)) if rules else declared(reading, "offences")


@asked("it watches public places at large")
def public_monitoring(reading: Reading) -> Finding:
    """Cameras, or face recognition, that look at streets or other public places."""
    seen = [
        f"sensor {quoted(name)}"
        for name in ("camera", "face_recognition")
        if name in reading.sensors and any(reading.sensors[name].coverage.get(place) for place in ("traffic", "public", "community"))
    ]
    return Finding("met", few(seen)) if seen else Finding("not met", ("no camera looks at public places",))


@asked("how it reaches its results is secret")
def method_secret(reading: Reading) -> Finding:
    """Declared: the opposite of a published method."""
    value = reading.declared.method_published
    return Finding(said(None if value is None else not value), declared(reading, "method_published").words)


@asked("its impact was assessed before use")
def impact_assessment(reading: Reading) -> Finding:
    """Declared."""
    return declared(reading, "impact_assessment")


@asked("an independent test found the treatment in proportion")
def in_proportion(reading: Reading) -> Finding:
    """Declared."""
    tested = reading.declared.proportionality_tested
    words = f'[law] proportionality_tested = "{tested}"' if tested else "[law] proportionality_tested is left out"
    return Finding(said(None if tested is None else tested == "in proportion"), (words,))


# ---- what an assessment of human rights asks -----------------------------------------------------------------------------


@asked("what can happen to people is grave: liberty, work, home, school or public services")
def grave_at_worst(reading: Reading) -> Finding:
    """The gravest consequences that the file has."""
    grave = [words for words in reading.harms if "detain_days" in words]
    grave += [words for gate in ("work", "housing", "school", "services") for words in reading.closed.get(gate, [])]
    if grave:
        return Finding("met", few(grave))
    return Finding("not met", unfavourable_treatment(reading).words)


@asked("it reaches everybody, whether they agree or not")
def reaches_everybody(reading: Reading) -> Finding:
    """No consent is asked."""
    guards = reading.policy.safeguards
    if not reading.policy.rule:
        return Finding("not met", ("the policy has no rules in force",))
    if guards is not None and guards.consent is not None:
        return Finding("not met", (f"[safeguards] consent = {guards.consent:g}",))
    return Finding("met", ("[safeguards] without consent: all adults of the town",))


@asked("people are recorded wrongly now and then")
def recorded_wrongly(reading: Reading) -> Finding:
    """Sensors that mix people up, or report what nobody did; the policy's own numbers before the catalogue's."""
    own = {watch.sensor: watch for watch in reading.policy.watch}
    wrong = []
    for name, sensor in reading.sensors.items():
        mixed, alarms = (getattr(own.get(name), key, None) or getattr(sensor, key) for key in ("mixed_up", "false_alarms_per_year"))
        if max(*mixed, *alarms) > 0 or sensor.infers or sensor.items_per_year:
            wrong.append(f"sensor {quoted(name)} mixes up {max(mixed):g}, false alarms {max(alarms):g} a year")
    return Finding("met", few(wrong)) if wrong else Finding("not met", ("no sensor of the policy errs about persons",))


@asked("those affected were heard")
def consulted(reading: Reading) -> Finding:
    """Declared."""
    return declared(reading, "consulted")


@asked("its effects are assessed again at set times")
def reassessed(reading: Reading) -> Finding:
    """Declared, or the policy ends of itself unless it is renewed."""
    guards = reading.policy.safeguards
    if reading.declared.reassessed is None and guards is not None and guards.sunset_days is not None:
        return Finding("met", (f"[safeguards] sunset_days = {guards.sunset_days}",))
    return declared(reading, "reassessed")


# ---- single countries -----------------------------------------------------------------------------------------------------


@asked("a record or a sanction stands in no national catalogue")
def outside_catalogue(reading: Reading) -> Finding:
    """Declared; listing by mere order rests on nothing that a catalogue could hold."""
    ordered = [of_rule(rule) for rule in reading.rules("by_order")]
    if ordered:
        return Finding("met", few(ordered))
    within = reading.declared.within_national_catalogue
    words = declared(reading, "within_national_catalogue").words
    return Finding(said(None if within is None else not within), words)


@asked("a list holds people for other than refusing a judgment or grave harm")
def listed_for_other(reading: Reading) -> Finding:
    """Lists fed by findings about judgments are not; of the rest the catalogue of deeds knows how much harm there is, not the law."""
    fed = [rule for rule in reading.policy.rule if rule.list is not None]
    harmless = [of_rule(rule) for rule in fed if (deed := reading.deed(rule.deed)) is None or deed.kind != "harmful"]
    if harmless:
        return Finding("met", few(harmless))
    other = [of_rule(rule) for rule in fed if (deed := reading.deed(rule.deed)) is not None and not deed.is_finding]
    if other:
        return Finding("cannot be told", few(other))
    return Finding("not met", few([of_rule(rule) for rule in fed]) if fed else ("there is no list",))


@asked("people pay for what others close to them did")
def pays_for_others(reading: Reading) -> Finding:
    """Rules about people close to somebody, or a score that a household shares."""
    found = [of_rule(rule) for rule in reading.rules("close_to_marked") if loses(rule) or rule.list or rule.override_band]
    if reading.policy.score is not None and reading.policy.score.pooled:
        found.append("[score] pooled = true")
    return Finding("met", few(found)) if found else Finding("not met", ("no rule is about who is close to somebody",))


def _level(reading: Reading, least: int) -> Finding:
    from glasstown.law import canada_reading

    level = canada_reading.read(reading).result.level
    answer: Answer = "met" if level.low >= least else "not met" if level.high < least else "cannot be told"
    return Finding(answer, (canada_reading.level_words(level.low, level.high),))


@asked("its impact level is II or higher")
def level_two(reading: Reading) -> Finding:
    """By the questionnaire, as far as it is answered."""
    return _level(reading, 2)


@asked("its impact level is III or IV")
def level_three(reading: Reading) -> Finding:
    """By the questionnaire, as far as it is answered."""
    return _level(reading, 3)


@asked("its impact level is IV")
def level_four(reading: Reading) -> Finding:
    """By the questionnaire, as far as it is answered."""
    return _level(reading, 4)
