"""An attacker on the demo of 342 municipalities: everything that the public, one municipality, two together, a region and the
ministry read at every moment, put together exactly. No verdict and no answer may follow from it that is not theirs to see by
the mandate table; and with any one protection taken out some do.

The public and one municipality are also looked at as somebody who knows of everybody whether it was assessed. What this does
not look at is what `suppression.rs` and `mondays.rs` say that they do not protect from, and guesses that are likely and not
certain.

Usage: python attack, beside a demo that is served at SERVICE_URL from STM_DATA_DIR, with PROGRAM to make tokens.
"""

import itertools
import sys
from collections import Counter, defaultdict
from datetime import date

import protections
from country import ANSWERS, HANDED_IN, STATES, VERDICTS, Classes, of_answers, submission_counts, verdict_counts, verdict_of
from knowledge import Knowledge, learned
from protections import Table
from reader import change, head
from story import LAST, PERIODS, PUBLISHED, Ministry, Period, Public
from story import areas, by_region_on, confirm, hand_in, history, own_regions, publish

findings = []


def line(who, what, unknown, found):
    """One line of the report: of so many unknowns so many follow."""
    print(f"{who:42} {what:44} {unknown:6} {found:8}", flush=True)
    if found:
        findings.append((who, what, found))


def play():
    """Two publications, one of them withdrawn and repeated after a confirmation, and the open period goes on."""
    began_at, public = head(), Public()
    keys = [publish(period) for period in PUBLISHED]
    public.read(began_at, keys)
    change("withdrawPublication", {"publication": keys[1], "reason": "Er staat een fout in de tabel."}, "ministry")
    late = min(Period("2026-1").pending)
    confirm(late, "2026-1")
    keys[1] = publish("2026-1")
    last = Period(LAST)
    if date.today().isoformat() <= last.day and last.pending:
        for one in sorted(last.pending)[:2]:
            confirm(one, LAST)
        for one in sorted(one for one, (_, state) in last.truth.items() if state == "MISSING")[:2]:
            hand_in(one, LAST, "SV-01")
    public.read(began_at, keys)
    return began_at, public


def what_is_published(period, public, own_regions, territory):
    """The counts of a closed period as equations, for classes of municipalities by everything that is counted."""
    kinds = {kind: territory[period.key][kind] for kind in ("PROVINCE", "SAFETY_REGION")}

    def knowledge(knows_assessed, told):
        classes = Classes(period.truth, kinds, knows_assessed, period.by_region)
        counts = []
        for (of, rule, kind, area), all_read in public.verdicts.items():
            for read in all_read if of == period.key else ():
                counts += verdict_counts(classes, kind, area, read, rule)
        for (of, _, kind, area), all_read in public.submissions.items():
            for read in all_read if of == period.key else ():
                counts += submission_counts(classes, kind, area, read)
        for area, read in {(area, read) for one in told for of, area, read in own_regions[one] if of == period.key}:
            counts += submission_counts(classes, "SAFETY_REGION", area, read)
        return classes, Knowledge(classes.sizes(STATES), counts, verdict_of)

    return knowledge


def verdicts_follow(period, public, own_regions, territory):
    """What follows of the verdicts of a closed period."""
    knowledge = what_is_published(period, public, own_regions, territory)
    unknown = len(period.truth)
    # What any municipality is told of its own region is looked at together; only where something follows then, each by itself.
    everybody = list(period.truth)

    def found_by(viewpoints, knows_assessed):
        classes, whole = knowledge(knows_assessed, everybody)
        found = 0
        for ones in viewpoints(classes):
            if whole.follows([classes.insider(one) for one in ones]):
                of, itself = knowledge(knows_assessed, ones)
                found = max(found, sum(itself.follows([of.insider(one) for one in ones]).values()))
        return found

    for knows in (False, True):
        also = ", knowing who was assessed" if knows else ""
        _, alone = knowledge(knows, [])
        line("the public" + also, f"verdicts of {period.key}", unknown, sum(alone.follows().values()))
        found = found_by(lambda classes: [[one] for one in classes.one_of_each()], knows)
        line("one insider" + also, f"verdicts of {period.key}", unknown - 1, found)
    found = found_by(Classes.two_of_each, False)
    line("two insiders", f"verdicts of {period.key}", unknown - 2, found)
    members = territory[period.key]["SAFETY_REGION"].values()
    found = found_by(lambda _: members, False)
    line("a region", f"verdicts of {period.key}", unknown - min(map(len, members)), found)


def answers_follow(period, public, territory):
    """What follows of the answers of a closed period, criterion by criterion."""
    answers, members = period.answers(), len(period.truth)
    found, criteria = Counter(), 0
    for (of, criterion), all_read in sorted(public.answers.items()):
        if of != period.key:
            continue
        criteria += 1
        assert len(all_read) == 1, (criterion, all_read)
        (counts,) = all_read
        given = {one: answers.get(one, {}).get(criterion, "NOT_ASSESSED") for one in period.truth}
        shown = Counter(given.values())
        assert tuple(shown[answer] for answer in ANSWERS) == counts, (criterion, shown, counts)
        several = [one for one in shown for _ in range(min(2, shown[one]))]
        pairs = {tuple(sorted((several[a], several[b]))) for a in range(len(several)) for b in range(a)}
        regions = [[given[one] for one in region] for region in territory[period.key]["SAFETY_REGION"].values()]
        for knows in (False, True):
            knowledge = of_answers(counts, members, knows)

            def insiders(ones):
                return [(None if not knows else one != "NOT_ASSESSED", one) for one in ones]

            also = ", knowing who was assessed" if knows else ""
            found["the public" + also] += learned(knowledge, [[]])
            found["one insider" + also] += learned(knowledge, [insiders([one]) for one in shown])
            if not knows:
                found["two insiders"] += learned(knowledge, [insiders(pair) for pair in pairs])
                found["a region"] += learned(knowledge, [insiders(region) for region in regions])
    for who, number in found.items():
        line(who, f"answers of {period.key}, {criteria} criteria", criteria * members, number)


def neighbours_follow(period, own_regions, territory):
    """What follows of what neighbours handed in from the counts of the own region."""
    found, told_to = Counter(), set()
    for region, members in territory[period.key]["SAFETY_REGION"].items():
        state = {one: period.truth[one][1] for one in members}
        told = {one: {read for of, area, read in own_regions[one] if (of, area) == (period.key, region)} for one in members}
        told_to.update(one for one in members if told[one])
        for who, number in (("one insider", 1), ("two insiders", 2)):
            done, of_read = set(), {}
            for ones in [[one] for one in members] if number == 1 else [[a, b] for a in members for b in members if a < b]:
                read = set().union(*(told[one] for one in ones))
                signature = (frozenset(read), tuple(sorted(state[one] for one in ones)))
                if not read or signature in done:
                    continue
                done.add(signature)
                counts = [([region], [handed_in], count) for each in read for handed_in, count in zip(HANDED_IN, each)]
                if frozenset(read) not in of_read:
                    of_read[frozenset(read)] = Knowledge({region: (len(members), list(HANDED_IN))}, counts, str)
                knowledge = of_read[frozenset(read)]
                found[who] = max(found[who], sum(knowledge.follows([(region, state[one]) for one in ones]).values()))
    for who in ("one insider", "two insiders"):
        line(who, f"handed in of {period.key}, own region ({len(told_to)} told)", len(period.truth), found[who])


def totals_follow(period, ministry, given):
    """What follows for the ministry from totals of what is not confirmed."""
    days = sorted({day for (of, _), read in ministry.totals.items() if of == period.key for day, _ in read})
    region_on = {day: by_region_on(period, day) if date.fromisoformat(day).weekday() == 0 else set() for day in days}
    units, counted_on = defaultdict(list), Counter()
    for one in period.truth:
        runs = []
        for day in days:
            known = [row for row in given if row[3] == one and row[1] < day and row[2] <= min(day, period.day)]
            verdict = max(known, key=lambda row: (row[0], row[2]))[4] if known else VERDICTS[0]
            counted_on[day] += 1
            if verdict == VERDICTS[0]:
                continue
            if not runs or runs[-1][0] != verdict:
                runs.append((verdict, []))
            runs[-1][1].append((day, one in region_on[day]))
        for verdict, on in runs:
            known = None if period.truth[one][0] == "NOT_ASSESSED" else verdict
            units[tuple(on), known].append(verdict)
    assert units, period.key
    classes = {key: (len(of), [key[1]] if key[1] else list(VERDICTS[1:])) for key, of in units.items()}
    counts = []
    for (of, rule), read in ministry.totals.items():
        for day, told in read if of == period.key else ():
            by_region = rule == "MUNICIPALITY_OR_REGION"
            keys = [key for key in classes if (day, False) in key[0] or not by_region and (day, True) in key[0]]
            told = [*told[:3], told[3] - (len(region_on[day]) if by_region else 0)]
            counts += [(keys, [verdict], number) for verdict, number in list(zip(VERDICTS, told))[1:]]
    found = Knowledge(classes, counts, value_of=lambda verdict: verdict).follows()
    unknown = sum(size for size, states in classes.values() if len(states) > 1)
    steps = len([day for day in days if date.fromisoformat(day).weekday() == 0])
    last = sum(number for number in found.values() if number == 1)
    line("the ministry", f"submitted verdicts of {period.key}, {steps} Mondays", unknown, sum(found.values()) - last)
    if last:
        # As `mondays.rs` says: VNG has confirmed all others of a step, one by one, and the ministry sees those.
        print(f"{'':42} of {last} more VNG has confirmed all others of a step")


def row(protection, found, who):
    print(f"{protection:44} {found:6}   {who}", flush=True)
    if not found:
        findings.append(("nobody", f"without {protection}", 0))


def without_protections(periods, territory, given):
    """A row for each protection: how much the one who learns most learns when it is taken out."""
    tables, small = [], []
    for period in periods.values():
        submitted = {one: (period.submitted[one], state) for one, (_, state) in period.truth.items()}
        kinds = territory[period.key]
        for basis, truth in (("CONFIRMED", period.truth), ("SUBMITTED", submitted)):
            name = f"{period.key} {basis}"
            for kind, of_kind in kinds.items():
                rest = sorted({*truth} - {one for members in of_kind.values() for one in members})
                tables.append(Table(f"{name} by {kind}", period.key, truth, of_kind | ({"REST": rest} if rest else {})))
            # No area has fewer than five members, so a size class of a region stands beside the rest of the country.
            for (region, members), (size, others) in itertools.product(*(kinds[one].items() for one in ("SAFETY_REGION", "SIZE_CLASS"))):
                both = sorted({*members} & {*others})
                if 1 < len(both) < protections.FEWEST_MEMBERS:
                    two = {size: both, "REST": sorted({*truth} - {*both})}
                    small.append(Table(f"{name}, {size} of {region}", period.key, truth, two))
    row("threshold", *protections.by_table(small, "threshold"))
    for protection in ("uniformity", "uniformity among the assessed", "secondary suppression", "keyed order"):
        row(protection, *protections.by_table(tables, protection))

    closed = periods["2026-1"]
    regions = territory["2026-1"]["SAFETY_REGION"]
    found = protections.two_publications(closed.truth, regions, closed.pending)
    row("one publication of a period (verdicts)", found, f"the public, {len(closed.pending)} confirmed one by one")
    of_one, answers = min(closed.pending), closed.answers("SUBMITTED")
    before = {criterion: [0] * len(ANSWERS) for criterion in answers[of_one]}
    for one, each in answers.items():
        for criterion, answer in each.items():
            if closed.truth[one][0] != "NOT_ASSESSED":
                before[criterion][ANSWERS.index(answer)] += 1
    after = {criterion: list(counts) for criterion, counts in before.items()}
    for criterion, answer in answers[of_one].items():
        after[criterion][ANSWERS.index(answer)] += 1
    found = protections.answers_that_follow(before, after)
    row("one publication of a period (answers)", found, f"the public, of {len(before)} answers of {of_one}")

    last = periods[LAST]
    unconfirmed = {one for one in last.pending}
    walked = protections.walked([(no, one, verdict) for no, _, _, one, verdict in given[LAST] if verdict != VERDICTS[0]])
    row("Mondays", len(walked & unconfirmed), f"the ministry, of {len(unconfirmed)} unconfirmed verdicts of {LAST}")

    moments = protections.moments_of_regions(territory[LAST]["SAFETY_REGION"], last)
    present = {region: states[-1:] for region, states in moments.items()}
    own = "one insider, neighbours whose state follows, "
    found = protections.neighbours(present, lambda insider, states: len(states) >= protections.FEWEST_MEMBERS)
    row("uniformity in the own region", found, own + f"{LAST} today")
    is_told_today = {
        insider: protections.own_region_is_told(insider, states[-1]) for states in moments.values() for insider in states[-1]
    }
    found = protections.neighbours(moments, lambda insider, _: is_told_today[insider])
    row("the present moment in the own region", found, own + f"{LAST} at every number")


def main():
    began_at, public = play()
    periods = {key: Period(key) for key in PERIODS}
    kinds = ("PROVINCE", "SAFETY_REGION", "POLICE_UNIT", "SIZE_CLASS")
    territory = {key: {kind: areas(kind, period.day) for kind in kinds} for key, period in periods.items()}
    codes = sorted(periods[LAST].truth)
    told = own_regions(codes, began_at)
    ministry, given = Ministry(began_at), history()
    assert not public.by_name, public.by_name
    print(f"{len(public.verdicts)} groups, {len(public.answers)} criteria, {sum(map(len, ministry.totals.values()))} totals read")
    print(f"\n{'viewpoint':42} {'of':44} unknown  follows")
    for key in PUBLISHED:
        of_period = {one: told.get(one, set()) for one in periods[key].truth}
        verdicts_follow(periods[key], public, of_period, territory)
        answers_follow(periods[key], public, territory)
    for period in periods.values():
        of_period = {one: told.get(one, set()) for one in period.truth}
        neighbours_follow(period, of_period, territory)
        totals_follow(period, ministry, given[period.key])
    print(f"\n{'without':44} follows   for whom")
    without_protections(periods, territory, given)
    if findings:
        sys.exit(f"{len(findings)} lines are not as they must be: {findings}")


main()
