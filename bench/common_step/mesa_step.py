"""The common day step in Mesa 3, written the way Mesa's tutorial teaches: one object a person, two passes a day.

Runs in an environment of its own (``bench/requirements.txt``). Mesa draws from its own generator, so scores agree with the
published ones within their sampling error; speech and opinions follow no luck and agree as they are.
"""

import json
import sys
import time
from pathlib import Path

import mesa
import numpy as np

from bench.common_step import workload


class Person(mesa.Agent):  # type: ignore[misc]
    """Somebody with a score, an opinion and acquaintances."""

    def __init__(self, model: "Town", group: int, opinion: float) -> None:
        super().__init__(model)
        self.group, self.first_opinion = group, opinion
        self.acquaintances: list[Person] = []
        self.wake()

    def wake(self) -> None:
        """The first morning."""
        self.score, self.listed, self.wealth = self.model.parameters.start, False, 0.0
        self.opinion, self.speaks = self.first_opinion, abs(self.first_opinion) > 0.5

    def step(self) -> None:
        """Live the day, reading what others showed yesterday."""
        town, chance = self.model, self.random.random
        p = town.parameters
        loss = 0
        if chance() < p.offence * (2 if self.listed else 1) and chance() < p.detection:
            loss += 20
        if chance() < p.mistake[self.group]:
            loss += 20
        self.score = max(self.score - loss, 0) if loss else min(self.score + 1, 1300)
        if self.score < 600:
            self.listed = True
        elif self.score >= 700:
            self.listed = False
        self.wealth += 0.4 if self.listed else 1.0
        voices = [other.opinion for other in self.acquaintances if other.speaks]
        silent = 1 - len(voices) / len(self.acquaintances)
        self.will_speak = abs(self.opinion) > 0.2 + 0.6 * silent + (0.2 if self.score < 800 else 0.0)
        self.will_think = self.opinion + 0.05 * (sum(voices) / len(voices) - self.opinion) if voices else self.opinion

    def advance(self) -> None:
        """Show today's face."""
        self.opinion, self.speaks = self.will_think, self.will_speak


class Town(mesa.Model):  # type: ignore[misc]
    """People on the common graph."""

    def __init__(self, people: int, parameters: workload.Parameters, folder: Path) -> None:
        super().__init__(seed=parameters.seed)
        self.parameters = parameters
        first, neighbours = workload.read_graph(people, folder)
        group, opinion = workload.first_morning(people, parameters.seed)
        self.group = group
        everybody = [Person(self, *pair) for pair in zip(group.tolist(), (opinion / 2**23).tolist(), strict=True)]
        for i, person in enumerate(everybody):
            person.acquaintances = [everybody[other] for other in neighbours[first[i] : first[i + 1]]]

    def step(self) -> None:
        """One day, and what it records (one pass over the people)."""
        self.agents.do("step")
        self.agents.do("advance")
        columns = self.agents.get(["score", "listed", "speaks", "opinion"])
        score, listed, speaks, opinion = np.array(columns, float).T
        self.recorded = {
            "score": score.mean(),
            "listed_majority": listed[self.group == 0].mean(),
            "listed_minority": listed[self.group == 1].mean(),
            "expressed": speaks.mean(),
            "variance": opinion.var(),
        }


def main() -> None:
    """Answer each line "days" on standard input with one JSON line; arguments: people, parameters, folder of graphs."""
    people, name, folder = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    before = resident()
    town = Town(people, workload.PARAMETERS[name], folder)
    for line in sys.stdin:
        town.agents.do("wake")
        days = []
        cpu = time.process_time()
        for _ in range(int(line)):
            start = time.perf_counter()
            town.step()
            days.append(time.perf_counter() - start)
        cpu = time.process_time() - cpu
        size = (resident() - before) / people
        recorded = {name: float(value) for name, value in town.recorded.items()}
        print(json.dumps({"wall": sum(days), "cpu": cpu, "days": days, "bytes": size, **recorded}), flush=True)


def resident() -> int:
    """Bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


if __name__ == "__main__":
    main()
