"""Decides what follows from counts, exactly, by integer programs that HiGHS solves. Nothing here knows the service.

The unknowns are municipalities, each in one of a few states: a binary variable for each municipality and state, of which one
is 1. Those that everything counts alike, and of which the same is known beforehand, are interchangeable and form a class; the
integer of a class and a state is the sum of their variables. The program is smaller by that and tells the same: a solution in
which one member of a class has another value can be turned into one in which this member has it, so a value follows for a
member when it does for the whole class.
"""

from collections import Counter

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

# Worlds, by chance, that are looked at before the solver is called for a viewpoint.
WORLDS = 12


class Contradiction(Exception):
    """What was read is true of no country: the reader or the service is wrong."""


class Knowledge:
    """What somebody reads of a country.

    `classes` tells how many each holds and the states they may have: `{key: (size, states)}`. A count is `(keys, states,
    number)`: of the members of these classes so many are in one of these states. `almost` tells of a group that all its
    members, those in the states `out` left aside, have one of some values, but for one at most: `(keys, [states of a value,
    ...], out)`.
    """

    def __init__(self, classes, counts, value_of, almost=()):
        self.classes, self.keys = classes, list(classes)
        self.place, self.upper, self.rows = {}, [], []
        for key, (size, states) in classes.items():
            for state in states:
                self.place[key, state] = self._variable(size)
            self._row([(self.place[key, state], 1) for state in states], size, size)
        for keys, states, number in counts:
            self._row([(at, 1) for at in self._places(keys, states)], number, number)
        class_at = {key: at for at, key in enumerate(classes)}
        self.values = list(dict.fromkeys(value_of(state) for _, state in self.place))
        self.class_at = numpy.array([class_at[key] for key, _ in self.place])
        self.value_at = numpy.array([self.values.index(value_of(state)) for _, state in self.place])
        self.sizes = numpy.array([size for size, _ in classes.values()])
        self.is_open = numpy.array([len({value_of(state) for state in states}) > 1 for _, states in classes.values()])
        for keys, ways, out in almost:
            size = sum(classes[key][0] for key in keys)
            chosen = [self._variable(1) for _ in ways]
            self._row([(at, 1) for at in chosen], 1, 1)
            for at, states in zip(chosen, ways):
                having = [(place, 1) for place in self._places(keys, {*states, *out})]
                self._row([*having, (at, -(size - 1))], 0, numpy.inf)
        places = [(at, place, factor) for at, (row, *_) in enumerate(self.rows) for place, factor in row]
        of_rows, of_places, factors = zip(*places)
        matrix = csr_array((factors, (of_rows, of_places)), shape=(len(self.rows), len(self.upper)))
        self.constraints = LinearConstraint(matrix, *([row[at] for row in self.rows] for at in (1, 2)))
        self.worlds = numpy.zeros((0, len(self.upper)), dtype=int)
        self.held = numpy.zeros((0, len(classes), len(self.values)), dtype=int)
        dice = numpy.random.default_rng(1)
        for _ in range(WORLDS):
            self._look(dice.uniform(-1, 1, len(self.upper)), {})

    def _variable(self, most):
        self.upper.append(most)
        return len(self.upper) - 1

    def _row(self, row, least, most):
        self.rows.append((row, least, most))

    def _places(self, keys, states):
        return [self.place[key, state] for key in keys for state in states if (key, state) in self.place]

    def _look(self, costs, known):
        """One world of the least costs in which these are so; it is kept."""
        lower = numpy.zeros(len(self.upper))
        for one, number in known.items():
            lower[self.place[one]] = number
        result = milp(
            costs,
            integrality=numpy.ones(len(self.upper)),
            bounds=Bounds(lower, self.upper),
            constraints=self.constraints,
        )
        if result.status == 2:
            raise Contradiction(f"{len(self.rows)} counts, {known}")
        assert result.success, result.message
        world = numpy.rint(result.x).astype(int)
        self.worlds = numpy.vstack([self.worlds, world])
        held = numpy.zeros((1, len(self.classes), len(self.values)), dtype=int)
        numpy.add.at(held[0], (self.class_at, self.value_at), world[: len(self.class_at)])
        self.held = numpy.concatenate([self.held, held])

    def follows(self, insiders=()):
        """What follows for whoever knows these, each `(class, state)`: `{class: how many others}` of those whose value was
        open and is certain."""
        known = Counter(insiders)
        own = numpy.zeros(self.held.shape[1:], dtype=int)
        places = [self.place[one] for one in known]
        numbers = list(known.values())
        numpy.add.at(own, (self.class_at[places], self.value_at[places]), numbers)
        others = self.sizes - own.sum(axis=1)

        def seen():
            """Which values others have, by class, in the worlds that fit."""
            fitting = (self.worlds[:, places] >= numbers).all(axis=1)
            return (self.held[fitting] > own).any(axis=0)

        certain = {}
        if not seen().any():
            self._look(numpy.zeros(len(self.upper)), known)
        for at in numpy.flatnonzero((others > 0) & self.is_open & (seen().sum(axis=1) < 2)):
            # Is there a world in which not all of them have the value that they had in all others?
            value = seen()[at].argmax()
            costs = numpy.zeros(len(self.upper))
            having = (self.class_at == at) & (self.value_at == value)
            costs[: len(having)][having] = 1
            self._look(costs, known)
            if seen()[at].sum() < 2:
                certain[self.keys[at]] = int(others[at])
        return certain


def learned(knowledge, viewpoints):
    """How much follows for the first of the viewpoints, each a list of insiders, for which something does."""
    found = (sum(knowledge.follows(one).values()) for one in viewpoints)
    return next(filter(None, found), 0)
