"""Laws of models of one's own: the same bytes plain and compiled, resumed, on any number of workers, whatever is recorded."""

from dataclasses import replace

import numpy as np
import pytest

from glasstown import modelling
from glasstown.modelling import Column, Model, Rule, count_ties, orders, ring, tie, uniform

THRESHOLD, WHIM = 0, 4


def found(person, step, world):
    world.now.threshold[person] = uniform(world.luck, person, 0, THRESHOLD)


def speak(person, step, world):
    """She speaks if as many of her ties do as her threshold asks, or on a whim."""
    friends, heard = world.ties.friends, 0
    for slot in range(count_ties(friends, person)):
        heard += world.now.speaks[tie(friends, person, slot)]
    on_a_whim = uniform(world.luck, person, step, WHIM) < world.case.whim
    world.now.speaks[person] = on_a_whim or heard > world.now.threshold[person] * count_ties(friends, person)


def speak_at_once(person, step, world):
    """The same, on who spoke when the step began."""
    friends, heard = world.ties.friends, 0
    for slot in range(count_ties(friends, person)):
        heard += world.before.speaks[tie(friends, person, slot)]
    on_a_whim = uniform(world.luck, person, step, WHIM) < world.case.whim
    world.now.speaks[person] = on_a_whim or heard > world.now.threshold[person] * count_ties(friends, person)


def tell(person, step, world):
    """Once a step, the society counts."""
    world.now.told[0] = 0
    for one in range(world.size.people):
        world.now.told[0] += world.now.speaks[one]


def speaking(step, world):
    total = 0
    for person in range(world.size.people):
        total += world.now.speaks[person]
    return total / world.size.people


def model(order="synchronous", **changes):
    rule = Rule(speak_at_once, order, ("speaks",)) if order == "synchronous" else Rule(speak, order)
    columns = {"threshold": Column(), "speaks": Column("i1"), "told": Column("i8", rows=1)}
    made = Model(40, columns, [Rule(found, "founding"), rule, Rule(tell, "once")], {"friends": ring(40, 2)}, {"whim": 0.05},
                 {"speaking": speaking})  # fmt: skip
    return replace(made, **changes)


STEPPING = ("synchronous", "sequential", "shuffled", "random")


def same(one, other):
    return all(np.array_equal(one.columns[name], other.columns[name]) for name in one.columns)


@pytest.mark.parametrize("order", STEPPING)
def test_plain_compiled_and_resumed_runs_are_the_same_bytes(order):
    asked = model(order)
    whole = asked.run(30)
    assert same(whole, asked.run(30, compiled=False))
    part = asked.run(11)
    rest = asked.run(19, after=part)
    assert same(whole, rest) and rest.step == 30
    assert np.array_equal(whole.records["speaking"], [*part.records["speaking"], *rest.records["speaking"]])
    assert whole.columns["told"][0] == whole.columns["speaks"].sum() == 40 * whole.last("speaking")


def test_orders_differ():
    ends = {order: model(order).run(30).columns["speaks"].tobytes() for order in STEPPING}
    assert len(set(ends.values())) == len(ends)


def test_one_step_of_each_order_is_what_it_says():
    """Everybody copies the person before her: at once all move by one, one by one all become the last."""

    def copy_before(person, step, world):
        world.now.value[person] = world.before.value[(person - 1) % world.size.people]

    def copy_now(person, step, world):
        world.now.value[person] = world.now.value[(person - 1) % world.size.people]

    numbers = np.arange(8)
    asked = Model(8, {"value": Column("i4", numbers)}, [Rule(copy_before, "synchronous", ("value",))])
    assert list(asked.run(1, compiled=False).columns["value"]) == [7, *range(7)]
    asked = replace(asked, rules=[Rule(copy_now, "sequential")])
    assert list(asked.run(1, compiled=False).columns["value"]) == [7] * 8


def test_shuffled_acts_once_each_and_random_as_many_times_in_all():
    def act(person, step, world):
        world.now.acted[person] += 1

    for order, each in (("shuffled", True), ("random", False)):
        acted = Model(50, {"acted": Column("i4")}, [Rule(act, order)]).run(4, compiled=False).columns["acted"]
        assert acted.sum() == 200 and (set(acted) == {4}) == each


def test_an_ensemble_does_not_depend_on_its_workers_nor_on_what_is_recorded():
    asked = model()
    one, two = asked.ensemble(12, 6, workers=1), asked.ensemble(12, 6, workers=2)
    assert np.array_equal(one.records["speaking"], two.records["speaking"])
    assert one.records["speaking"].shape == (6, 13)
    assert asked.ensemble(12, 6, every=5).steps.tolist() == [0, 5, 10]
    assert same(asked.run(12), model(records={}).run(12))
    mean, error = one.estimate("speaking")
    assert mean == pytest.approx(one.records["speaking"][:, -1].mean()) and 0 < error < 1


def test_evaluate_is_a_plain_function_of_numbers():
    asked = model()
    assert asked.evaluate({"whim": 0.0}, 12, 4) == {"speaking": 0.0}
    assert asked.evaluate({"whim": 1.0}, 12, 4) == {"speaking": 1.0}
    told = replace(asked, outcomes={"ever": lambda run: float(run.records["speaking"].max() > 0)})
    assert told.evaluate({"whim": 1.0}, 2) == {"ever": 1.0}


def test_equal_before_and_different_after():
    """The case is not in the luck: two cases agree until the number that differs is read."""

    def late(person, step, world):
        if step > 5:
            world.now.value[person] = uniform(world.luck, person, step, 0) * world.case.scale
        else:
            world.now.value[person] = uniform(world.luck, person, step, 0)

    asked = Model(20, {"value": Column()}, [Rule(late, "sequential")], case={"scale": 1.0})
    for steps, equal in ((5, True), (6, False)):
        one, other = asked.run(steps, compiled=False), asked.run(steps, compiled=False, case={"scale": 2.0})
        assert same(one, other) == equal


def test_the_loop_can_be_printed():
    assert str(model()).splitlines()[2].split()[:2] == ["speak_at_once", "synchronous"]
    assert all(order in str(model(order)) and orders.ORDERS[order] in str(model(order)) for order in STEPPING)


def forgets(person, step):
    """A rule with too few parameters."""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"people": 0}, "at least one person"),
        ({"rules": [Rule(speak, "backwards")]}, "order is one of"),
        ({"rules": [Rule(forgets, "sequential")]}, "three parameters"),
        ({"rules": [Rule(speak, "synchronous", ("spoke",))]}, "no column"),
        ({"rules": [Rule(speak, "sequential", ("speaks",))]}, "only synchronous"),
    ],
)
def test_a_mistake_in_a_model_is_said_at_once(change, says):
    with pytest.raises(ValueError, match=says):
        model(**change)


def test_mistakes_in_a_run_are_said():
    with pytest.raises(ValueError, match="no number called 'whims'"):
        model().run(1, case={"whims": 1})
    with pytest.raises(ValueError, match="steps must be"):
        model().run(-1)
    with pytest.raises(ValueError, match="column speaks has the shape"):
        model(columns={**model().columns, "speaks": Column("i1", np.zeros(3))}).run(1)
    with pytest.raises(ValueError, match="must be Ties"):
        model(ties={"friends": [1, 2]}).run(1)


def wrong_column(person, step, world):
    world.now.speeks[person] = 1


def not_read(person, step, world):
    world.now.speaks[person] = world.before.speaks[person]


def wrong_ties(person, step, world):
    world.now.speaks[person] = count_ties(world.ties.frends, person)


def wrong_case(person, step, world):
    world.now.speaks[person] = world.case.wim


def makes_a_list(person, step, world):
    world.now.speaks[person] = len([str(person)])


def sets_the_case(person, step, world):
    world.case.whim = 1.0


def shared_generator(person, step, world):
    world.now.speaks[person] = np.random.random() < 0.5  # noqa: NPY002


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (wrong_column, r"world\.now\.speeks.*Did you mean 'speaks'\?.*test_model.py, line"),
        (not_read, r'reads=\("speaks",\)'),
        (wrong_ties, r"Did you mean 'friends'\?"),
        (wrong_case, r"no such number of the case\. Did you mean 'whim'\?"),
        (makes_a_list, r"makes_a_list.*compiled=False"),
        (sets_the_case, r"sets_the_case.*compiled=False"),
        (shared_generator, r"shared_generator draws from np.*world\.luck"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_rule_that_cannot_be_compiled_is_explained(rule, says):
    with pytest.raises(modelling.BadRule, match=says):
        model(rules=[Rule(rule, "sequential")]).run(1)


def test_wrong_values_are_refused():
    for change, says in (
        ({"case": {"whim": "often"}}, "whim must be a number"),
        ({"records": {"speaking": lambda step: 0.0}}, "two parameters"),
    ):
        with pytest.raises(ValueError, match=says):
            model(**change)
    with pytest.raises(ValueError, match="join 12 things; this model has 1, 40"):
        model(ties={"friends": ring(12, 2)}).run(1)
    with pytest.raises(ValueError, match="column speaks: data type 'i3'"):
        model(columns={**model().columns, "speaks": Column("i3")}).run(1)
    run = model().run(3)
    with pytest.raises(ValueError, match="there are speaking"):
        run.last("speeking")
    assert run.last("speaking", 2) == pytest.approx(run.records["speaking"][-2:].mean())
    assert repr(run).startswith("Run(step 3; columns threshold, speaks, told; last records: speaking 0")


def test_who_is_picked_twice_draws_twice():
    """A walk of one step a pick: after n picks a person its variance is n, and would be nearly twice that if picks shared their luck."""

    def walk(person, step, world):
        world.now.place[person] += 1 if modelling.below(world.luck, person, step, 0, 2) else -1

    place = Model(20_000, {"place": Column("i8")}, [Rule(walk, "random")]).run(50).columns["place"]
    assert abs(place.var() / 50 - 1) < 4 * np.sqrt(2 / 20_000)
