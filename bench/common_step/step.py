"""The common day step as glasstown writes a day: small rules of integers and rows, luck and ties prepared a chunk ahead.

Plain functions; ``compiled.py`` compiles this file. Fixed point: an opinion of 1 is 2**23; what others can see of it is
one column of 16 bits, in which 0 is silence and v > 0 stands for (v - 2**15 + 1/2) / 2**15. Wealth is in tenths.
"""

from collections import namedtuple

import numpy as np

from bench.common_step.workload import DETECTION, GOLDEN, MISTAKE, OFFENCE, mixed

CHUNK = 256  # citizens whose luck is drawn at a time
BLOCK = 32  # citizens whose ties are tallied at a time: the running sum stays in the nearest cache
ONE = 1 << 23
MINORITY, LISTED = 1, 2  # bits of a citizen's flags
LOSS, HIGHEST, FALLS, RISES, UNEASY = 20, 1300, 600, 700, 800  # points
SCORES, LISTED_MAJORITY, LISTED_MINORITY, SPEAKERS, OPINIONS, SQUARES = range(6)  # the meter

CITIZEN = np.dtype([("first_tie", "u4"), ("opinion", "i4"), ("wealth", "i4"), ("score", "i2"), ("ties", "u1"), ("flags", "u1")])  # 16 bytes
Town = namedtuple("Town", ["citizens", "neighbours", "voices", "shares", "chances"])
Town.__doc__ = """citizens: CITIZEN rows; neighbours: int32; voices: uint16 [2, citizens], yesterday's and today's by parity;
shares: int64 [256], 2**32 / (20 n); chances: int64, thresholds of offence, of detection, of a mistake in each group."""


def fill(luck, keys, first, count):
    """Draw a chunk's luck, one row a purpose."""
    for purpose in range(3):
        row = luck[purpose]
        start = keys[purpose] + GOLDEN * np.uint64(first + 1)
        for j in range(count):
            row[j] = mixed(start + GOLDEN * np.uint64(j)) >> np.uint64(32)


def tally(heard, run, first, count, voices, town):
    """heard[j] = (speakers among her ties) * 2**32 + the sum of their voices.

    One flat run over the ties of a block, and differences of its running sum: no loop whose length the processor must guess.
    """
    citizens, neighbours = town.citizens, town.neighbours
    for low in range(0, count, BLOCK):
        high = min(low + BLOCK, count)
        begin = citizens[first + low].first_tie + 0
        end = citizens[first + high - 1].first_tie + citizens[first + high - 1].ties
        total = 0
        run[0] = 0
        for slot in range(begin, end):
            voice = int(voices[neighbours[slot]])
            total += voice + (int(voice > 0) << 32)
            run[slot - begin + 1] = total
        for j in range(low, high):
            place = citizens[first + j].first_tie - begin
            heard[j] = run[place + citizens[first + j].ties] - run[place]


def lost(me, offence, detection, mistake, chances):
    """Points lost today: for an offence that is detected, and for being taken for somebody else."""
    offends = offence < chances[0] << ((me.flags & LISTED) >> 1)  # who is on the list offends twice as often
    return LOSS * (int(offends and detection < chances[1]) + int(mistake < chances[2 + (me.flags & MINORITY)]))


def scored(score, loss):
    """Tomorrow's score."""
    return max(score - loss, 0) if loss else min(score + 1, HIGHEST)


def listed(flags, score):
    """Tomorrow's flags: on the list below 600, off it from 700, otherwise as before."""
    return flags | LISTED if score < FALLS else flags & ~LISTED if score >= RISES else flags


def speaks(opinion, ties, speakers, score):
    """She speaks if |opinion| > 0.2 + 0.6 * share of silent ties + 0.2 if her score is below 800."""
    bar = 2 * ties + 6 * (ties - speakers) + (2 * ties if score < UNEASY else 0)
    return abs(opinion) * 10 * ties > bar * ONE


def persuaded(opinion, speakers, voices, shares):
    """A twentieth of the way to the mean opinion of those who speak."""
    gap = 256 * (voices - (speakers << 15)) + 128 * speakers - speakers * opinion
    return opinion + ((gap * shares[speakers]) >> 32)


def citizen_day(i, j, luck, heard, today, town, meter):
    """One day of citizen ``i``, at place ``j`` of the chunk."""
    me = town.citizens[i]
    speakers, voices = heard >> 32, heard & 0xFFFFFFFF
    score = scored(me.score, lost(me, luck[OFFENCE - 1, j], luck[DETECTION - 1, j], luck[MISTAKE - 1, j], town.chances))
    flags = listed(me.flags, score)
    on_list = (flags & LISTED) >> 1
    says = speaks(me.opinion, me.ties, speakers, score)
    opinion = persuaded(me.opinion, speakers, voices, town.shares)
    me.score, me.flags, me.opinion = score, flags, opinion
    me.wealth = me.wealth + (4 if on_list else 10)
    today[i] = max((opinion >> 8) + 32768, 1) if says else 0
    meter[SCORES] += score
    meter[LISTED_MAJORITY + (flags & MINORITY)] += on_list
    meter[SPEAKERS] += int(says)
    meter[OPINIONS] += opinion
    meter[SQUARES] += (opinion * opinion) >> 15


def sweep(day, low, high, keys, luck, heard, run, town, meter):
    """One day of citizens ``low`` .. ``high`` - 1."""
    yesterday, today = town.voices[(day + 1) & 1], town.voices[day & 1]
    for first in range(low, high, CHUNK):
        count = min(CHUNK, high - first)
        fill(luck, keys, first, count)
        tally(heard, run, first, count, yesterday, town)
        for j in range(count):
            citizen_day(first + j, j, luck, heard[j], today, town, meter)
