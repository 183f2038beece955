"""What would follow with one protection taken out: on the true figures of the demo, which VNG reads, and in tables made here.
The words and the rules are those of `api/domain/src/publication/suppression.rs` and `api/domain/src/picture/mondays.rs`."""

import hashlib
import itertools
from collections import Counter

from country import HANDED_IN, VERDICTS, Classes, of_answers, verdict_counts, verdict_of
from knowledge import Knowledge, learned
from reader import table

FEWEST_MEMBERS = 5


def is_unsafe(counts, without):
    """Whether a group may not be told, looked at alone."""
    if "threshold" not in without and sum(counts) < FEWEST_MEMBERS:
        return True
    if "uniformity" in without:
        return False
    if "uniformity among the assessed" in without:
        return sum(counts) - max(counts) <= 1
    return sum(counts[1:]) - max(counts[1:]) <= 1


def withheld(groups, without, period):
    """The groups that are withheld, primary and secondary suppression together."""

    def by_key(area):
        # The key of the database is not known here; any order that nobody foresees will do.
        return hashlib.sha256(f"a key of the database/{period}/{area}".encode()).hexdigest()

    def by_size(area):
        return sum(groups[area]), area

    hidden = {area for area, counts in groups.items() if is_unsafe(counts, without)}
    for area in sorted(groups, key=by_size if "keyed order" in without else by_key):
        rest = [sum(column) for column in zip(*(groups[one] for one in hidden))]
        if not hidden or "secondary suppression" in without or len(hidden) > 1 and not is_unsafe(rest, without):
            break
        hidden.add(area)
    return hidden


def groups_of(truth, areas):
    counts = {area: Counter(truth[one][0] for one in members) for area, members in areas.items()}
    return {area: [of[verdict] for verdict in VERDICTS] for area, of in counts.items()}


class Table:
    """A table of verdicts by the areas of a kind."""

    def __init__(self, name, period, truth, areas):
        self.name, self.period, self.truth, self.areas = name, period, truth, areas
        self.groups = groups_of(truth, areas)
        self.total = [sum(column) for column in zip(*self.groups.values())]

    def learned(self, who, knows_assessed, *without):
        """What the first of these viewpoints learns of the table that learns something."""
        hidden = withheld(self.groups, without, self.period)
        classes = Classes(self.truth, {"AREA": self.areas}, knows_assessed)
        told = {area: counts for area, counts in self.groups.items() if area not in hidden}
        counts = [of for area, counts in told.items() for of in verdict_counts(classes, "AREA", area, counts)]
        if not is_unsafe(self.total, ()):
            counts += verdict_counts(classes, "COUNTRY", "NL", self.total)
        almost = []
        if "keyed order" in without:
            # Fillers are the smallest that were left, so what is withheld and larger than one that is told is unsafe itself.
            smallest = min((sum(counts) for counts in told.values()), default=0)
            larger = [area for area in hidden if smallest and sum(self.groups[area]) > smallest]
            of_value = [[state for state in STATES_OF[verdict]] for verdict in VERDICTS[1:]]
            almost = [(classes.of("AREA", area), of_value, STATES_OF["NOT_ASSESSED"]) for area in larger]
        knowledge = Knowledge(classes.sizes(ONE_STATE_EACH), counts, verdict_of, almost)
        return learned(knowledge, viewpoints(classes, who))


# Of what was handed in nothing is told here, so each verdict is one state.
ONE_STATE_EACH = [(verdict, "ON_TIME") for verdict in VERDICTS]
STATES_OF = {verdict: [(verdict, "ON_TIME")] for verdict in VERDICTS}


def viewpoints(classes, who):
    """The insiders of each viewpoint; of those that know and learn the same, one."""

    def known(ones):
        return [(classes.key_of[one], (classes.truth[one][0], "ON_TIME")) for one in ones]

    match who:
        case "the public":
            return [[]]
        case "one insider":
            return [known([one]) for one in classes.one_of_each()]
        case "two insiders":
            return [known(pair) for pair in classes.two_of_each()]


def by_table(tables, without):
    """What somebody learns of a table without a protection, of which with all of them nothing follows; who, and of which."""
    everybody = [(knows, who) for knows in (False, True) for who in ("the public", "one insider")]
    for (knows, who), table in itertools.product([*everybody, (False, "two insiders")], tables):
        found = table.learned(who, knows, without)
        if found and table.learned(who, knows) == 0:
            return found, f"{who}{', knowing who was assessed' if knows else ''}: {table.name}"
    return 0, "nobody"


def two_publications(truth, areas, pending):
    """Those of whom the verdict follows from tables before and after the confirmation of theirs alone; nothing is withheld
    otherwise than by the rules."""
    found = 0
    for one, verdict in pending.items():
        before, after = truth, truth | {one: (verdict, truth[one][1])}
        kinds = {"AREA": areas}
        classes = Classes(before, {**kinds, "ITSELF": {"ITSELF": [one]}}, False)
        same = [(state, state) for state in VERDICTS]
        sizes = {
            key: (len(members), same if members != [one] else [("NOT_ASSESSED", state) for state in VERDICTS[1:]])
            for key, members in classes.members.items()
        }
        counts = []
        for at, world in enumerate((before, after)):
            groups = groups_of(world, areas)
            told = {area: counts for area, counts in groups.items() if area not in withheld(groups, (), "")}
            total = [sum(column) for column in zip(*groups.values())]
            shown = [("AREA", area, of) for area, of in told.items()] + [("COUNTRY", "NL", total)]
            for kind, area, of in shown:
                for state, number in zip(VERDICTS, of):
                    states = [pair for pair in VERDICT_PAIRS if pair[at] == state]
                    counts.append((classes.of(kind, area), states, number))
        knowledge = Knowledge(sizes, counts, value_of=lambda pair: pair[1])
        found += classes.key_of[one] in knowledge.follows()
    return found


VERDICT_PAIRS = list(itertools.product(VERDICTS, VERDICTS))


def walked(history):
    """Those whose verdict follows from a total at every ledger number, for whoever knows at which number each handed in.
    `history` has a `(number, municipality, verdict)` for each verdict that was given."""
    history = sorted(history)
    classes = {at: (1, list(VERDICTS[1:])) for at in range(len(history))}
    counts, last, totals = [], {}, Counter()
    for at, (_, one, verdict) in enumerate(history):
        if one in last:
            totals[history[last[one]][2]] -= 1
        last[one] = at
        totals[verdict] += 1
        counts += [(list(last.values()), [state], totals[state]) for state in VERDICTS[1:]]
    return {history[at][1] for at in Knowledge(classes, counts, value_of=lambda state: state).follows()}


def neighbours(states_by_moment, told):
    """The most whose state one member of a region learns from counts of its region at these moments. `states_by_moment` are the
    states of all members, region by region; `told` decides by the insider whether the counts are told."""
    found = 0
    for region, moments in states_by_moment.items():
        certain = {}
        for states in moments:
            counts = Counter(states.values())
            of = {region: (len(states), list(HANDED_IN))}
            knowledge = Knowledge(of, [([region], [state], counts[state]) for state in HANDED_IN], lambda state: state)
            for state in counts:
                insider = next(one for one in states if states[one] == state)
                if told(insider, states) and knowledge.follows([(region, state)]):
                    certain.setdefault(state, set()).update(one for one in states if one != insider)
        found = max([found, *map(len, certain.values())])
    return found


def own_region_is_told(insider, states):
    """Whether a municipality is told how many of its region handed in, as it stands."""
    others = Counter(state for one, state in states.items() if one != insider)
    return others.total() >= FEWEST_MEMBERS - 1 and others.total() - max(others.values()) > 1


def answers_that_follow(before, after):
    """To how many criteria the answer of the one that was confirmed follows from the counts before and after: the answers are
    `{criterion: counts}`."""
    follow = 0
    for criterion, counts in before.items():
        gained = [more - less for less, more in zip(counts, after[criterion])]
        # The difference of the two is a count of that one alone.
        follow += bool(of_answers(gained, 1, True).follows())
    return follow


def moments_of_regions(regions, period):
    """What the members of each region had handed in after each hand-in of the region, in the order of the ledger."""
    numbers = {}
    for row in table("fact_submission_history", "vng"):
        if row["period_key"] == period.key and row["version"] == "1":
            numbers[row["municipality_code"]] = int(row["ledger_no"])
    found = {}
    for region, members in regions.items():
        states = {one: "MISSING" for one in members}
        found[region] = []
        for one in sorted((one for one in members if one in numbers), key=numbers.get):
            states = states | {one: period.truth[one][1]}
            found[region].append(states)
    return {region: moments for region, moments in found.items() if moments}
