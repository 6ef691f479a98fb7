"""Luck with an address: every draw is a pure function of who, when and what for.

``draw(key, citizen, day, purpose, extra)`` runs Philox4x32-10 (Salmon et al., SC11, 2011) with the key of the
replicate and the counter (citizen, day, block, extra). Purposes are numbered in the append-only registry below:
a number is never changed and never used twice. Four purposes share one block of the generator. The policy is
never in the key, so that the same citizen meets the same luck under every policy.

All arithmetic is in plain integers below 2**63: it is the same in Python, Numba, NumPy and CUDA.
"""

import hashlib

RNG_STREAM = "philox4x32-10/v1"

DAILY = 64  # purposes below this number are drawn for every adult every day, a chunk of citizens at a time
DEEDS_MAX = 32
GATES_MAX = 8
SENSORS_MAX = 16

# --- daily purposes: filled ahead -------------------------------------------------------------------------------
DEED = 0  # 0..31: does deed k happen today?
REQUEST = 32  # 32..39: does she ask at gate g today?
FALSE_ALARM = 40  # 40..47: does sensor s (0 to 7) raise a false alarm about her today?
LOSE_JOB = 48  # does she lose her job on ordinary grounds?
PAY = 49  # does she perform her judgment today?
CLOSE = 50  # does the creditor settle or the court close the enforcement?
DEAL = 51  # does she deal with a stranger today?
MORE_ALARMS = 52  # 52..59: does sensor s (8 to 15) raise a false alarm about her today?
REPORTS = 60  # does she lay something false at somebody's door today?
DEMANDS = 61  # does an official demand something of somebody today?

# --- purposes of single events: drawn when the event occurs ------------------------------------------------------
COVERED = 64  # does this sensor look at this deed? (extra: deed * 16 + sensor)
MISSED = 65  # does it look and not see? (extra: deed * 16 + sensor)
MIXED_UP = 66  # does it see, and take her for somebody else? (extra: deed * 16 + sensor)
RECIPIENT = 67  # whom does it take her for? (extra: attempt)
CLAIMED = 68  # which deed does a false alarm claim? (extra: sensor)
DISCRETION = 69  # how many points within an official's range? (extra: rule)
REFUSED_ORDINARY = 70  # is the request refused on ordinary grounds? (extra: gate)
REFUSED_BY_POLICY = 71  # does the band or the list close the door? (extra: gate)
APPEAL = 72  # does she appeal against this entry? (extra: deed claimed)
REVIEW = 73  # does the reviewer find the error? (extra: deed claimed)
SERIOUS = 74  # is a listing for this conduct extended as serious? (extra: deed claimed)
LAW = 75  # does ordinary law's catch cost her the job? (extra: deed claimed)
INFERRED = 76  # what does a classifier make of her traces this month? (extra: sensor)
CHECKED = 77  # does a person look at this machine's claim, and what does she find? (extra: deed claimed * 2, + 1)
DISCRETION_AT_GATE = 78  # does somebody who sees her mark turn her away unasked? (extra: gate)
STRANGER = 79  # whom does she deal with, and does the stranger keep the deal? (extra: 0, 1)
OPINION = 80  # does a stranger privately think badly of somebody? (citizen: the stranger; extra: the other; day 0)
COLD = 81  # does a tie go cold or warm again this week? (citizen: the lower number; extra: the higher)
CONSENT = 82  # does she agree to be scored? (day 0)
MOTIVE = 83  # of a false report: why (extra 0), whom (1), what (2)
INQUIRY = 84  # is a report looked into, and what is found? (extra: deed claimed * 2, + 1)
DEMANDED = 85  # whom does an official choose? (extra: attempt)
YIELDS = 86  # does she pay (extra 0), tell (1), and is it held against her (2)? (citizen: the official)
VANISHED = 87  # does an entry about somebody powerful vanish? (extra: deed claimed)
ERASED = 88  # is it erased this month? (extra: slot)
ORDERED = 89  # is she among those who are listed by order?
AUDITED = 90  # does the audit find an entry that power made? (extra: slot, or 8 + list)
NOTICED = 91  # do those around her come across her picture today?
ARREST = 92  # is she arrested in a march? (extra: round)
LEAVES = 93  # does she withdraw from what is watched this month?
TURNOUT = 94  # is she ready to march on this day of protest?
PAID = 95  # does she pay what a rule charges? (extra: rule)
ANSWERED = 96  # does she answer a claim, and does the answer clear her? (extra: deed claimed * 2, + 1)
RISK = 97  # what does the risk model make of what it knows of her?

# --- founding: drawn once, with day 0 ---------------------------------------------------------------------------
FOUNDING = 128  # 128..191 belong to people/, see the registry there
START = 192  # 192..207: the state in which a world begins (open judgments, work), see engine/found.py
STUDY = 224  # which value an uncertainty takes (extra: its number)
EXEMPT = 225  # who is left unscored in the exempt arm?
PLACEBO = 226  # whose deed is flipped in the placebo arm, which, and when? (extra: 0, 1, 2)

REGISTRY = {
    "DEED": DEED,
    "REQUEST": REQUEST,
    "FALSE_ALARM": FALSE_ALARM,
    "LOSE_JOB": LOSE_JOB,
    "PAY": PAY,
    "CLOSE": CLOSE,
    "COVERED": COVERED,
    "MISSED": MISSED,
    "MIXED_UP": MIXED_UP,
    "RECIPIENT": RECIPIENT,
    "CLAIMED": CLAIMED,
    "DISCRETION": DISCRETION,
    "REFUSED_ORDINARY": REFUSED_ORDINARY,
    "REFUSED_BY_POLICY": REFUSED_BY_POLICY,
    "APPEAL": APPEAL,
    "REVIEW": REVIEW,
    "SERIOUS": SERIOUS,
    "LAW": LAW,
    "DEAL": DEAL,
    "MORE_ALARMS": MORE_ALARMS,
    "INFERRED": INFERRED,
    "CHECKED": CHECKED,
    "DISCRETION_AT_GATE": DISCRETION_AT_GATE,
    "STRANGER": STRANGER,
    "OPINION": OPINION,
    "COLD": COLD,
    "CONSENT": CONSENT,
    "REPORTS": REPORTS,
    "DEMANDS": DEMANDS,
    "MOTIVE": MOTIVE,
    "INQUIRY": INQUIRY,
    "DEMANDED": DEMANDED,
    "YIELDS": YIELDS,
    "VANISHED": VANISHED,
    "ERASED": ERASED,
    "ORDERED": ORDERED,
    "AUDITED": AUDITED,
    "NOTICED": NOTICED,
    "ARREST": ARREST,
    "LEAVES": LEAVES,
    "TURNOUT": TURNOUT,
    "PAID": PAID,
    "ANSWERED": ANSWERED,
    "RISK": RISK,
    "FOUNDING": FOUNDING,
    "START": START,
    "STUDY": STUDY,
    "EXEMPT": EXEMPT,
    "PLACEBO": PLACEBO,
}

DEED_BITS = (1 << DEEDS_MAX) - 1
MASK = 0xFFFFFFFF
SHORT_0, SHORT_1 = 0x2DAEE0AD, 0x326172A9  # 2**32 minus Philox's multipliers 0xD2511F53 and 0xCD9E8D57
WEYL_0, WEYL_1 = 0x9E3779B9, 0xBB67AE85


def philox(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Four 32-bit words for one counter and key (Philox4x32-10; works on integers and on NumPy uint64 arrays).

    A multiplier times a counter can pass 2**63, and compilers may take it that signed products never do. So the product is computed as
    counter * 2**32 - short * counter, whose parts stay below 2**62.
    """
    for _ in range(10):
        less_0 = 0 - SHORT_0 * (counter_0 & MASK)
        less_1 = 0 - SHORT_1 * (counter_2 & MASK)
        counter_0, counter_1, counter_2, counter_3 = (
            ((counter_2 + (less_1 >> 32)) & MASK) ^ counter_1 ^ key_0,
            less_1 & MASK,
            ((counter_0 + (less_0 >> 32)) & MASK) ^ counter_3 ^ key_1,
            less_0 & MASK,
        )
        key_0 = (key_0 + WEYL_0) & MASK
        key_1 = (key_1 + WEYL_1) & MASK
    return counter_0, counter_1, counter_2, counter_3


def draw(key_0, key_1, citizen, day, purpose, extra):
    """One uniform 32-bit integer for this address. Something of chance p happens if ``draw(...) < p * 2**32``."""
    a, b, c, d = philox(citizen, day, purpose >> 2, extra, key_0, key_1)
    word = purpose & 3
    return a if word == 0 else b if word == 1 else c if word == 2 else d


def lowest(bits):
    """The number of the lowest set bit (bits > 0)."""
    number = 0
    for width in (32, 16, 8, 4, 2, 1):
        if bits & ((1 << width) - 1) == 0:
            bits >>= width
            number += width
    return number


def below(word, count):
    """An integer in 0 .. count - 1 from a 32-bit word, by multiply and shift (bias at most count / 2**32)."""
    return (word * count) >> 32


def key_of(seed: int, replicate: int) -> tuple[int, int]:
    """The generator's key for a study seed and a replicate: 64 bits of SHA-256, as two 32-bit halves."""
    digest = hashlib.sha256(f"{RNG_STREAM}|{int(seed)}|{int(replicate)}".encode()).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:8], "little")


def draw_many(key: tuple[int, int], citizens, day: int, purpose: int, extra=0):
    """``draw`` for an array of citizens at once (NumPy; founding only). Returns uint32 in int64."""
    import numpy as np

    counter = np.asarray(citizens, np.uint64)
    zero = np.zeros_like(counter)
    words = philox(counter, zero + np.uint64(day), zero + np.uint64(purpose >> 2), zero + np.uint64(extra), *map(np.uint64, key))
    return words[purpose & 3].astype(np.int64)
