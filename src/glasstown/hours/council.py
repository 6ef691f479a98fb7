"""Every 30th evening the town is asked what it thinks, and remembers what was visibly done to people; at times it decides how to go on."""

from glasstown import measuring, politics
from glasstown.world import ADULT_AGE, FROM_POWER, IS_DETAINED, IS_LISTED, IS_SHOWN, ONE, WRONG


def meets(day, town, tables, policy, meter):
    """Approval and scandal as they are now; then, on the day of a decision, the next stage of the rollout."""
    clock = town.clock[0]
    score = policy.score[0]
    if day % 30 == 29:
        adults = 0
        approving = 0
        wronged = 0
        for i in range(len(town.people)):
            if town.people[i].age >= ADULT_AGE:
                adults += 1
                approving += politics.approves(town.truth[i])
                wronged += visibly_wronged(i, town, score)
        share = approving * ONE // max(adults, 1)
        scandal = politics.scandal(clock.scandal, wronged, adults, tables.parameters[0])
        measuring.count(meter, measuring.APPROVING, 0, share - clock.approving)
        measuring.count(meter, measuring.SCANDAL, 0, scandal - clock.scandal)
        clock.approving = share
        clock.scandal = scandal
    since = day + 1 - clock.start
    if score.rollout and not clock.repealed and since > 0 and since % score.rollout_every == 0:
        stage = politics.next_stage(clock.stage, clock.approving, clock.scandal, score)
        measuring.count(meter, measuring.STAGE, 0, stage - clock.stage)
        clock.stage = stage


def visibly_wronged(i, town, score):
    """Whether everybody can see that she was wronged: put on display or detained for what she did not do, or listed by order."""
    state = town.life[i].state
    wrong = 0
    if state & IS_LISTED:
        for place in range(i * score.lists, (i + 1) * score.lists):
            origin = town.listing_origin[place] + 0
            wrong |= origin == FROM_POWER or (state & (IS_SHOWN | IS_DETAINED) > 0 and (WRONG >> origin) & 1)
    elif state & IS_SHOWN:
        wrong = (WRONG >> town.desk[i].shown_origin) & 1
    return 1 if wrong else 0
