"""The unknowns of a reporting period, what is counted of them, and who looks: shared by the attack on what the service tells
and by that on tables with a protection taken out."""

import itertools

from knowledge import Knowledge

VERDICTS = ("NOT_ASSESSED", "NOT_COMPLIANT", "PARTLY_COMPLIANT", "COMPLIANT")
HANDED_IN = ("ON_TIME", "LATE", "MISSING", "EXEMPT")
ANSWERS = ("MET", "PARTLY_MET", "NOT_MET", "NOT_APPLICABLE", "UNKNOWN")
# A verdict and what was handed in. Who handed in nothing is not assessed.
STATES = [(v, h) for v in VERDICTS for h in HANDED_IN if v == "NOT_ASSESSED" or h in ("ON_TIME", "LATE")]


def verdict_of(state):
    return state[0]


class Classes:
    """Municipalities in classes: by the areas that counts are of, and by what everybody knows of them beforehand."""

    def __init__(self, truth, kinds, knows_assessed, by_region=frozenset()):
        """`truth` is the state of each municipality, `kinds` the areas of each kind: `{kind: {area: members}}`."""
        self.truth = truth
        area_of = [{one: area for area, members in areas.items() for one in members} for areas in kinds.values()]
        self.kinds = list(kinds)
        self.members = {}
        for one, (verdict, _) in truth.items():
            assessed = verdict != "NOT_ASSESSED" if knows_assessed else None
            key = (*(areas.get(one, "REST") for areas in area_of), one in by_region, assessed)
            self.members.setdefault(key, []).append(one)
        self.key_of = {one: key for key, members in self.members.items() for one in members}

    def sizes(self, states=STATES):
        """The classes as `Knowledge` wants them."""

        def allowed(assessed):
            return [one for one in states if assessed in (None, one[0] != "NOT_ASSESSED")]

        return {key: (len(members), allowed(key[-1])) for key, members in self.members.items()}

    def of(self, kind, area):
        if kind == "COUNTRY":
            return list(self.members)
        at = self.kinds.index(kind)
        return [key for key in self.members if key[at] == area]

    def insider(self, municipality):
        return self.key_of[municipality], self.truth[municipality]

    def one_of_each(self, kind_of=lambda one: None):
        """Insiders, one for all that know and learn the same."""
        found = {}
        for one in self.truth:
            found.setdefault((self.insider(one), kind_of(one)), one)
        return list(found.values())

    def two_of_each(self):
        """Pairs of them."""
        found = {}
        for one in self.truth:
            found.setdefault(self.insider(one), []).append(one)
        pairs = [tuple(same[:2]) for same in found.values() if len(same) > 1]
        return pairs + list(itertools.combinations([same[0] for same in found.values()], 2))


def verdict_counts(classes, kind, area, counts, rule="EVERY_MUNICIPALITY"):
    """Counts of verdicts over an area as equations. Whoever counts by its region counts as compliant, whatever its verdict."""
    keys = classes.of(kind, area)
    if rule == "MUNICIPALITY_OR_REGION":
        by_region = sum(len(classes.members[key]) for key in keys if key[-2])
        keys = [key for key in keys if not key[-2]]
        counts = [*counts[:3], counts[3] - by_region]
    for verdict, number in zip(VERDICTS, counts):
        yield keys, [state for state in STATES if state[0] == verdict], number


def submission_counts(classes, kind, area, counts):
    """Counts of what was handed in."""
    for handed_in, number in zip(HANDED_IN, counts):
        yield classes.of(kind, area), [state for state in STATES if state[1] == handed_in], number


def of_answers(counts, members, knows_assessed):
    """What the counts of answers to one criterion tell of a country of so many, whose answers are the unknowns."""
    assessed = sum(counts)
    classes = {False: (members - assessed, ["NOT_ASSESSED"]), True: (assessed, list(ANSWERS))}
    if not knows_assessed:
        classes = {None: (members, ["NOT_ASSESSED", *ANSWERS])}
    classes = {key: of for key, of in classes.items() if of[0]}
    told = [(list(classes), [answer], number) for answer, number in zip(ANSWERS, counts)]
    return Knowledge(classes, told, value_of=lambda answer: answer)
