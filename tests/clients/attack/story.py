"""Plays on with the demo, and reads of it what each viewpoint can read."""

import itertools
from collections import defaultdict
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from country import ANSWERS, HANDED_IN, VERDICTS
from reader import ask, at_once, change, head, odata, publication_file, table

# What is published of the two periods that have closed, and the one that may be open still.
PUBLISHED = {"2025-2": ("PROVINCE", "MUNICIPALITY_OR_REGION"), "2026-1": ("SAFETY_REGION", "EVERY_MUNICIPALITY")}
LAST = "2026-2"
PERIODS = (*PUBLISHED, LAST)
RULES = ("EVERY_MUNICIPALITY", "MUNICIPALITY_OR_REGION")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Period:
    """A period as VNG sees it: the truth that the attack must not find."""

    def __init__(self, key):
        self.key = key
        shown = "municipalities { municipality { code } status submission countsByRegion }"
        rules = " ".join(
            f'{basis}: compliancePicture(period: "{key}", basis: {basis}, countingRule: MUNICIPALITY_OR_REGION)'
            f" {{ referenceDate {shown} }}"
            for basis in ("CONFIRMED", "SUBMITTED")
        )
        found = ask(f"{{ {rules} }}", "vng")
        self.day = found["CONFIRMED"]["referenceDate"]
        of = {basis: found[basis]["municipalities"] for basis in found}
        self.truth = {one["municipality"]["code"]: (one["status"], one["submission"]) for one in of["CONFIRMED"]}
        self.submitted = {one["municipality"]["code"]: one["status"] for one in of["SUBMITTED"]}
        self.by_region = {one["municipality"]["code"] for one in of["CONFIRMED"] if one["countsByRegion"]}
        self.pending = {
            one: self.submitted[one]
            for one, (verdict, _) in self.truth.items()
            if verdict == "NOT_ASSESSED" and self.submitted[one] != verdict
        }

    def answers(self, basis="CONFIRMED"):
        """The answers that count, by municipality and criterion."""
        of = self.truth if basis == "CONFIRMED" else self.submitted
        assessed = [one for one in of if "NOT_ASSESSED" not in (of[one], of[one][0])]

        def some(codes):
            asked = " ".join(
                f'{one}: verdict(municipality: "{one}", period: "{self.key}", basis: {basis}, at: {{ day: "{self.day}" }})'
                " { grounds { criteria { criterion { code } answer } } }"
                for one in codes
            )
            return ask(f"{{ {asked} }}", "vng")

        found = {}
        for part in at_once(some, [assessed[at : at + 20] for at in range(0, len(assessed), 20)]):
            for one, verdict in part.items():
                found[one] = {each["criterion"]["code"]: each["answer"] for each in verdict["grounds"]["criteria"]}
        return found


def areas(kind, day):
    """The members of each area of a kind on a day."""
    query = f'{{ areas(kind: {kind}, first: 100, at: {{ day: "{day}" }}) {{ nodes {{ code municipalities {{ code }} }} }} }}'
    nodes = ask(query)["areas"]["nodes"]
    return {area["code"]: [one["code"] for one in area["municipalities"]] for area in nodes if area["municipalities"]}


def publish(period):
    by, rule = PUBLISHED[period]
    given = {"kind": "COMPLIANCE_PICTURE", "about": period, "level": "AREA", "by": by, "countingRule": rule}
    number = head()
    key = change("preparePublication", given | {"idempotencyKey": f"prepare {number}"}, "ministry")["publication"]["key"]
    change("publish", {"publication": key}, "ministry")
    return key


def confirm(municipality, period):
    of = {"municipality": municipality, "period": period}
    change("claimReview", of, "vng")
    change("confirmAssessment", of | {"version": 1}, "vng")


def hand_in(municipality, period, criterion):
    of = {"municipality": municipality, "period": period}
    who = ("municipality", municipality)
    change("saveDraft", of | {"answers": [{"criterion": criterion, "answer": "MET"}]}, *who)
    on = date.today().isoformat()
    change("submitAssessment", of | {"approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": on}, *who)


def moments(began_at):
    """Moments to ask of: now, each number since then, some of those before, and days around the events."""
    last = head()
    numbers = {*range(began_at - 1, last + 1), *range(1, began_at, max(1, began_at // 40))}
    today = date.today()
    days = [today - timedelta(days) for days in (0, 1, 2, 3, 7, 14, 30)] + [today + timedelta(1)]
    of_numbers = [f", at: {{ ledger: {number} }}" for number in sorted(numbers)]
    return ["", *of_numbers, *(f', at: {{ day: "{day}" }}' for day in days)]


class Public:
    """Every count that everybody reads, at whatever moment and by whatever way."""

    def __init__(self):
        # (period, rule, kind, area) and (period, criterion), each with all counts that were ever read of it.
        self.verdicts, self.submissions, self.answers = (defaultdict(set) for _ in range(3))
        self.by_name = set()

    def read(self, began_at, keys):
        for picture in at_once(self._picture, moments(began_at)):
            for (period, rule, kind), found in picture.items():
                self._add_picture(period, rule, kind, found)
        for rows in (table("published_verdict_count"), odata("published_verdict_count")):
            for row in rows:
                of = row["period_key"], row["counting_rule"], row["area_kind"], row["area_code"]
                self.verdicts[of].add(tuple(int(row[verdict.lower()]) for verdict in VERDICTS))
                self.submissions[of].add(tuple(int(row[state.lower()]) for state in HANDED_IN))
        for rows in (table("published_criterion_count"), odata("published_criterion_count")):
            for row in rows:
                counts = tuple(int(row[answer.lower()]) for answer in ANSWERS)
                self.answers[row["period_key"], row["criterion_code"]].add(counts)
        for row in table("published_verdict"):
            self.by_name.add((row["period_key"], row["municipality_code"]))
        for key in keys:
            period = "-".join(key.split("-")[1:3])
            by, rule = PUBLISHED[period]
            for row in publication_file(key):
                kind = {"TOTAL": "COUNTRY", "GROUP": by}.get(row["part"])
                if kind and row["members"]:
                    of = period, rule, kind, row["key"]
                    self.verdicts[of].add(tuple(int(row[verdict.lower()]) for verdict in VERDICTS))
                    self.submissions[of].add(tuple(int(row[state.lower()]) for state in HANDED_IN))
                elif row["part"] == "CRITERION" and row["met"]:
                    self.answers[period, row["key"]].add(tuple(int(row[answer.lower()]) for answer in ANSWERS))

    @staticmethod
    def _picture(moment):
        """All pictures of a moment, by period, counting rule and kind of area."""
        group = "code counts { count } submissions { onTime late missing exempt } publication { key }"
        criteria = "criteria { criterion { code } met partlyMet notMet notApplicable unknown }"
        wanted = list(itertools.product(PERIODS, RULES, ("PROVINCE", "SAFETY_REGION")))
        pictures = " ".join(
            f'p{at}: compliancePicture(period: "{period}", countingRule: {rule}, by: {kind}{moment})'
            f" {{ country {{ {group} {criteria} }} groups {{ {group} }} trend {{ period {{ key }} counts {{ count }} }} }}"
            for at, (period, rule, kind) in enumerate(wanted)
        )
        found = ask(f"{{ {pictures} }}")
        return {one: found[f"p{at}"] for at, one in enumerate(wanted) if found[f"p{at}"]}

    def _add_picture(self, period, rule, kind, picture):
        for area_kind, group in [("COUNTRY", picture["country"]), *((kind, group) for group in picture["groups"])]:
            of = period, rule, area_kind, group["code"]
            if group["counts"]:
                self.verdicts[of].add(tuple(one["count"] for one in group["counts"]))
            if group["submissions"]:
                states = ("onTime", "late", "missing", "exempt")
                self.submissions[of].add(tuple(group["submissions"][state] for state in states))
        for one in picture["country"]["criteria"] or ():
            names = ("met", "partlyMet", "notMet", "notApplicable", "unknown")
            self.answers[period, one["criterion"]["code"]].add(tuple(one[name] for name in names))
        for point in picture["trend"] or ():
            counts = tuple(one["count"] for one in point["counts"])
            # A point is of the publication of its period.
            self.verdicts[point["period"]["key"], PUBLISHED[point["period"]["key"]][1], "COUNTRY", "NL"].add(counts)


def own_regions(codes, began_at):
    """What each municipality is told of its own region, by period: `{period: {municipality: [(region, counts), ...]}}`."""
    asked = " ".join(
        f'p{at}: compliancePicture(period: "{period}", by: SAFETY_REGION%(moment)s)'
        " { groups { code submissions { onTime late missing exempt } publication { key } } }"
        for at, period in enumerate(PERIODS)
    )
    earlier = moments(began_at)[1:]

    def of(at):
        code, told = codes[at], []
        # Every moment for some; an answer of another moment must tell nothing that the present one does not.
        for moment in ["", *(earlier if at % 60 == 0 else ())]:
            found = ask("{ " + asked % {"moment": moment} + " }", "municipality", code)
            told += [(at, group) for at in range(len(PERIODS)) for group in (found[f"p{at}"] or {"groups": []})["groups"]]
        return {
            (PERIODS[at], group["code"], tuple(group["submissions"].values()))
            for at, group in told
            if group["submissions"] and not group["publication"]
        }

    return dict(zip(codes, at_once(of, range(len(codes)))))


class Ministry:
    """Totals of what is not confirmed, as the ministry reads them at many moments."""

    def __init__(self, began_at):
        self.totals, self.feed = defaultdict(set), {}
        every = list(itertools.product(PERIODS, RULES))
        asked = " ".join(
            f'p{at}: compliancePicture(period: "{period}", basis: SUBMITTED, countingRule: {rule}%(moment)s)'
            " { countsAsOf counts { count } trend { period { key } referenceDate counts { count } } }"
            for at, (period, rule) in enumerate(every)
        )
        mondays = [date(2025, 9, 1) + timedelta(days) for days in range(0, 470, 7)]
        days = [f', at: {{ day: "{day}" }}' for day in mondays if day <= date.today() + timedelta(8)]

        def of(moment):
            return ask("{ " + asked % {"moment": moment} + " }", "ministry")

        for found in at_once(of, [*moments(began_at), *days]):
            for at, (period, rule) in enumerate(every):
                picture = found[f"p{at}"]
                if picture and picture["countsAsOf"]:
                    counts = tuple(one["count"] for one in picture["counts"])
                    self.totals[period, rule].add((picture["countsAsOf"], counts))
        for row in table("total_compliance", "ministry"):
            if row["basis"] == "SUBMITTED":
                self.feed.setdefault((row["period_key"], row["reference_day"]), {})[row["status"]] = int(
                    row["municipality_count"]
                )


def history():
    """Verdicts on what was submitted as they were given, by period: `(number, day, from, municipality, verdict)`."""
    found = defaultdict(list)
    for row in table("fact_verdict_history", "vng"):
        if row["basis"] == "SUBMITTED":
            recorded = datetime.fromisoformat(row["recorded_at"]).astimezone(AMSTERDAM).date().isoformat()
            of = int(row["run_ledger_no"]), recorded, row["verdict_from"], row["municipality_code"], row["status"]
            found[row["period_key"]].append(of)
    return {period: sorted(rows) for period, rows in found.items()}


def by_region_on(period, monday):
    """Who counts by its region as a Monday began: VNG confirmed what the region answered."""
    began = datetime.combine(date.fromisoformat(monday), time(), AMSTERDAM).astimezone(timezone.utc)
    day = min(monday, period.day)
    at = f'at: {{ instant: "{began:%Y-%m-%dT%H:%M:%SZ}", day: "{day}" }}'
    picture = ask(
        f'{{ compliancePicture(period: "{period.key}", countingRule: MUNICIPALITY_OR_REGION, {at})'
        " { municipalities { municipality { code } countsByRegion } } }",
        "vng",
    )["compliancePicture"]
    return {one["municipality"]["code"] for one in (picture or {"municipalities": []})["municipalities"] if one["countsByRegion"]}
