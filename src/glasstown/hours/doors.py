"""Doors: judgments performed, requests granted or refused."""

from glasstown import draws, gating, measuring, scoring, shaming, watching
from glasstown.hours import standing
from glasstown.tables import CLASSES, WORK
from glasstown.world import BITS, BY_CLOSURE, BY_PERFORMANCE, HAS_JUDGMENT, IS_LISTED, JOINS_QUEUE, NOTHING, STAINED, WAITS


def performs(i, j, day, luck, possible, who, life, scored, town, tables, policy, meter):
    """She pays what the court ordered, or the creditor settles: the ground on which lists must let her go."""
    if not (possible >> draws.PAY) & 3 or not life.state & HAS_JUDGMENT:
        return
    parameters = tables.parameters[0]
    file = town.record[i]
    first_list = i * policy.score[0].lists
    chance = parameters.pay
    if life.poor:
        chance = (chance * parameters.pay_poor) >> BITS
    if file.finding_deed != NOTHING:
        chance = (chance * parameters.pay_refusing) >> BITS
    if scored:
        chance = (chance * shaming.pressure(town.listings, first_list, day, policy, parameters)) >> BITS
    ground = 0
    if luck[draws.PAY, j] < chance:
        ground = BY_PERFORMANCE
        measuring.count(meter, measuring.JUDGMENTS_PERFORMED, who.group, 1)
    elif luck[draws.CLOSE, j] < parameters.close:
        ground = BY_CLOSURE
        measuring.count(meter, measuring.JUDGMENTS_CLOSED, who.group, 1)
    if ground:
        watching.end_judgment(file)
        watching.end_judgment(town.shadow[i])
        if scored:
            for number in range(policy.score[0].lists):
                row = policy.lists[number]
                if row.performance:
                    off = scoring.working_days_later(day, row.leave_days)
                    scoring.set_exit(town.listings[first_list + number], off, ground)
                    scoring.set_exit(town.shadow_listings[first_list + number], off, ground)
            life.due = min(life.due, day + 1)
        standing.standing(i, day, life, town, policy)


def requests(i, j, day, luck, possible, who, life, scored, town, tables, policy, meter):
    """She asks for travel, work, credit, a school place, a home, a service, a purchase; ordinary grounds and the policy may refuse."""
    bits = (possible >> draws.REQUEST) & 255
    while bits:
        number = draws.lowest(bits)
        bits &= bits - 1
        gate = tables.gates[number]
        wants = luck[draws.REQUEST + number, j] < gate.rate
        if number == WORK:
            wants = wants and who.wage > 0 and not life.works
        elif gate.needs == 3:
            wants = wants and standing.has_school_child(i, who, town)
        if wants and not (gate.places > 0 and town.tray[i] & WAITS):
            asks(i, day, number, gate, who, life, scored, town, tables, policy, meter)


def asks(i, day, number, gate, who, life, scored, town, tables, policy, meter):
    """One request and its answer; what is granted and scarce begins with a queue."""
    score = policy.score[0]
    threshold = 0
    if scored:
        first, first_list = i * score.slots, i * score.lists
        stage = town.clock[0].stage
        threshold = gating.barred(town.record[i], town.entries, first, town.listings, first_list, number, day, stage, tables, policy)
    marked = town.face[(day + 1) & 1, i] & STAINED
    reply = gating.answer(town.clock[0], i, day, number, gate, life.poor, threshold, marked, tables.parameters[0])
    gating.settle(life, number, gate, reply, day >= town.clock[0].start)
    measuring.count(meter, measuring.REQUESTS + number, who.group, 1)
    if reply != gating.GRANTED:
        measuring.count(meter, measuring.REFUSALS + number, who.group, 1)
        if reply == gating.BARRED:
            measuring.count(meter, measuring.BARRED + number, who.group, 1)
        elif reply == gating.TURNED_AWAY:
            measuring.count(meter, measuring.AT_DISCRETION + number, who.group, 1)
    elif gate.places > 0:
        town.desk[i].place = number * CLASSES + gating.queue_class(town.record[i], life.state & IS_LISTED, policy) + 1
        town.tray[i] |= JOINS_QUEUE | WAITS
