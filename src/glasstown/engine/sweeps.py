"""The engine's loops: luck filled ahead and ties tallied ahead, a chunk of citizens at a time, then each citizen's day.

The same source is the reference (uncompiled) and the compiled sweep.
"""

from glasstown import day, draws

CHUNK = 256
RUN = 32 * 255 + 1  # ties of 32 citizens, and one


def tally(town, first, count, yesterday, spread, heard, run):
    """How many ties of each citizen of a chunk show each face bit: eight counters of eight bits in one integer.

    One flat run over the ties of 32 citizens, and differences of the running sum: without a loop a citizen, no branch is
    mispredicted (twice as fast, measured). It needs ties in citizen order and at most 255 a citizen.
    """
    for low in range(0, count, 32):
        high = min(low + 32, count)
        begin = town.people[first + low].first_tie + 0
        end = town.people[first + high - 1].first_tie + town.people[first + high - 1].ties
        total = 0
        run[0] = 0
        for slot in range(begin, end):
            total += spread[town.face[yesterday, town.neighbours[slot]]]
            run[slot - begin + 1] = total
        for j in range(low, high):
            place = town.people[first + j].first_tie - begin
            heard[j] = run[place + town.people[first + j].ties] - run[place]


def fill(luck, could, caps, first, count, today, key_0, key_1):
    """Draw the daily luck of a chunk, and mark what is good enough to be looked at (``caps``: threshold by purpose)."""
    for j in range(count):
        could[j] = 0
    for block in range(draws.DAILY // 4):
        if caps[4 * block] | caps[4 * block + 1] | caps[4 * block + 2] | caps[4 * block + 3]:
            row_0 = luck[4 * block]
            row_1 = luck[4 * block + 1]
            row_2 = luck[4 * block + 2]
            row_3 = luck[4 * block + 3]
            for j in range(count):
                a, b, c, d = draws.philox(first + j, today, block, 0, key_0, key_1)
                row_0[j] = a
                row_1[j] = b
                row_2[j] = c
                row_3[j] = d
            for word in range(4):
                cap = caps[4 * block + word]
                row = luck[4 * block + word]
                for j in range(count):
                    could[j] |= int(row[j] < cap) << (4 * block + word)


def sweep(today, low, high, luck, could, heard, run, sightings, caps, spread, town, tables, policy, meter):
    """One day of citizens ``low`` .. ``high`` - 1, in chunks."""
    clock = town.clock[0]
    yesterday = (today + 1) & 1
    for first in range(low, high, CHUNK):
        count = min(CHUNK, high - first)
        fill(luck, could, caps, first, count, today, clock.key_0, clock.key_1)
        tally(town, first, count, yesterday, spread, heard, run)
        for j in range(count):
            day.citizen_day(first + j, j, today, luck, could, heard[j], sightings, town, tables, policy, meter)


def evening_sweep(today, left, crowd, town, tables, policy, meter):
    """The town's evening."""
    day.evening(today, left, crowd, town, tables, policy, meter)


def home_sweep(today, low, high, town, policy, meter):
    """The evening of the households that begin between ``low`` and ``high``."""
    day.households(today, low, high, town, policy, meter)
