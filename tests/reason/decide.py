"""Random questions, decided by an SMT solver (Z3) and by the program: the same sets, all of them minimal.

    decide.py SOURCEBOOK [QUESTIONS [SEED]]

1. A dossier of random questions of up to eight answers is written: trees of places and groups, bounds, ranges, margins, `~`
   with tolerances, decimals, as-of dates of every kind, windows, totals that only grow, forecasts, denials, claims that no
   longer stand.
2. The program exports it; the sets of each question's `impossible` are read.
3. Z3 is given what docs/comparing.md says, in another form than the program has it: a quantity for every place, group and
   time, each at least the sum (or the largest) of its parts; each answer limits one of them. All minimal unsatisfiable
   sets are enumerated (MARCO, Liffiton et al. 2016).

The last line says how many questions came out the same: `N passed, N failed`.
"""

import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

import z3

DAY = datetime.date(2024, 1, 1)


def day(n):
    return (DAY + datetime.timedelta(days=n)).isoformat()


class Tree:
    """Names with a parent each, and whether their parts share nothing."""

    def __init__(self, rng, prefix, count):
        self.names = [f"{prefix}{i}" for i in range(count)]
        self.parent = [None if i == 0 or rng.random() < 0.05 else rng.randrange((i + 1) // 2) for i in range(count)]
        self.divides = [rng.random() < 0.8 for _ in range(count)]

    def children(self, of):
        return [i for i, parent in enumerate(self.parent) if parent == of]


def value(rng, big, is_whole):
    """A value as it is written, and the least and the most that it may mean, each with whether it is left out."""
    n = (rng.randrange(8, 16) if is_whole else rng.randrange(1, 10)) * (1000 if big else 1)
    kind = rng.choice(["exact"] * 4 + ["about", ">", ">=", "<", "<=", "<=", "range", "percent", "margin", "best", "decimal"])
    if kind == "exact":
        return str(n), (n, False), (n, False), None
    if kind == "about":
        return f"~{n}", None, None, n
    if kind in (">", ">="):
        return f"{kind}{n}", (n, kind == ">"), None, None
    if kind in ("<", "<="):
        return f"{kind}{n}", None, (n, kind == "<"), None
    if kind == "range":
        width = rng.randrange(1, 1 + n)
        return f"{n}..{n + width}", (n, False), (n + width, False), None
    if kind == "best":
        return f"{n}..{n + 4} ({n + 1})", (n, False), (n + 4, False), None
    if kind == "percent":
        share = rng.choice([5, 20, 50])
        reach = Fraction(n * share, 100)
        return f"{n} ± {share}%", (n - reach, False), (n + reach, False), None
    if kind == "margin":
        reach = rng.randrange(0, 3)
        return f"{n} ± {reach}", (n - reach, False), (n + reach, False), None
    tenths = n % 13 * 10 + rng.randrange(1, 10)
    whole = Fraction(tenths, 10)
    return f"{tenths // 10}.{tenths % 10}", (whole - Fraction(1, 20), False), (whole + Fraction(1, 20), False), None


def as_of(rng):
    """A date as it is written, with its first and last day; `None` for an open side or no date at all."""
    n = rng.randrange(0, 30)
    match rng.choice(["day"] * 5 + ["interval", "before", "one-of", "after", "none"]):
        case "day":
            return day(n), (n, n)
        case "interval":
            end = n + rng.randrange(0, 9)
            return f"{day(n)}/{day(end)}", (n, end)
        case "one-of":
            end = n + rng.randrange(1, 9)
            return f'"[{day(n)}, {day(end)}]"', (n, end)
        case "before":
            return f'"[..{day(n)}]"', (None, n)
        case "after":
            return f'"[{day(n)}..]"', (n, None)
    return None, (None, None)


class Question:
    def __init__(self, rng, number, places, groups):
        self.id = f"q{number}"
        self.places, self.groups = places, groups
        self.time = rng.choice(["steady", "steady", "changes", "grows"])
        self.window = rng.choice([0, 3, 10, 31])
        self.tolerance = rng.choice([0, 5, 10, 25])
        uses_places, uses_groups = rng.choice([(True, False), (True, False), (False, True), (True, True)])
        self.place = rng.randrange(len(places.names)) if uses_places and rng.random() < 0.3 else None
        self.answers = []
        big = rng.random() < 0.5
        for n in range(rng.randrange(2, 9)):
            place = rng.randrange(len(places.names)) if uses_places and rng.random() < 0.93 else None
            group = rng.randrange(len(groups.names)) if uses_groups and rng.random() < 0.7 else None
            # Larger numbers for what is larger, so that sums come close to them.
            is_whole = any(places.children(place) if uses_places else groups.children(group))
            text, low, high, about = value(rng, big, is_whole)
            if about is not None:
                reach = Fraction(about * self.tolerance, 100)
                low, high = (about - reach, False), (about + reach, False)
            date, days = as_of(rng)
            fate = rng.choice(["held"] * 17 + ["denies", "forecasts", "withdrawn", "superseded", "estimates"])
            self.answers.append(dict(id=f"{self.id}-{n}", text=text, low=low, high=high, place=place, group=group, date=date, days=days, fate=fate))

    def sheet(self):
        out = [f"  {self.id}:", f"    text: How many, {self.id}?", "    adds_up: true", f"    tolerance: {self.tolerance}%"]
        if self.time == "changes":
            out += ["    changes: true", f"    window: {self.window}d"]
        if self.time == "grows":
            out += ["    grows: true"]
        if self.place is not None:
            out += [f"    place: {self.places.names[self.place]}"]
        return "\n".join(out)

    def claims(self):
        out = []
        for a in self.answers:
            given = [f'value: "{a["text"]}"']
            if a["place"] is not None:
                given.append(f"place: {self.places.names[a['place']]}")
            if a["group"] is not None:
                given.append(f"group: {self.groups.names[a['group']]}")
            if a["date"] is not None:
                given.append(f"as_of: {a['date']}")
            out += [f"  {a['id']}:", "    statement: So many.", f"    answers: {{ {self.id}: {{ {', '.join(given)} }} }}", "    evidence: { source: paper }"]
            if a["fate"] in ("denies", "forecasts", "estimates"):
                out.append(f"    modality: {a['fate']}")
            if a["fate"] == "withdrawn":
                out.append("    status: { is: withdrawn }")
            if a["fate"] == "superseded":
                out += [f"  {a['id']}-later:", "    statement: Not so.", "    evidence: { source: paper }", f"    supersedes: [{a['id']}]"]
        return "\n".join(out)

    def held(self):
        return [a for a in self.answers if a["fate"] in ("held", "estimates")]

    # What docs/comparing.md says of time.

    def not_later(self, a, b):
        """Whether the one surely holds no later than the other."""
        return a["days"][1] is not None and b["days"][0] is not None and a["days"][1] <= b["days"][0]

    def bundles(self):
        """Answers that are held together."""
        held = self.held()
        if self.time == "steady":
            return [held]
        if self.time == "grows":
            return [[a for a in held if a["date"] is not None]]
        dated = [a for a in held if None not in a["days"]]
        starts = {a["days"][0] for a in dated}
        within = lambda start: [a for a in dated if start <= a["days"][0] and a["days"][1] <= start + self.window]
        return [bundle for bundle in map(within, sorted(starts)) if len(bundle) > 1]

    def scope(self, a):
        return (self.place if a["place"] is None else a["place"], a["group"])

    def expected(self):
        sets = set()
        for bundle in self.bundles():
            sets |= self.minimal(bundle)
        smallest = {s for s in sets if not any(other < s for other in sets)}
        by_id = {a["id"]: a for a in self.answers}

        def is_plain(s):
            """Two answers about the very same thing at the same time: they differ, and are told as such."""
            if len(s) != 2:
                return False
            a, b = (by_id[id] for id in s)
            same_time = self.time != "grows" or (self.not_later(a, b) and self.not_later(b, a))
            return self.scope(a) == self.scope(b) and same_time

        return {s for s in smallest if not is_plain(s)}

    def constraints(self, bundle):
        """Everything that holds whatever is said; and of each answer, what it says."""
        times = range(len(bundle)) if self.time == "grows" else [0]
        known = {}

        def x(place, group, time):
            return known.setdefault((place, group, time), z3.Real(f"x_{place}_{group}_{time}"))

        places = [None, *range(len(self.places.names))]
        groups = [None, *range(len(self.groups.names))]
        rules = []
        for time in times:
            for place in places:
                for group in groups:
                    whole = x(place, group, time)
                    rules.append(whole >= 0)
                    # Without a place, the question's own, which is not known to hold any other.
                    parts = [x(c, group, time) for c in self.places.children(place)] if place is not None else []
                    rules += self.parts(parts, whole, place is not None and self.places.divides[place])
                    # Without a group, all that is counted, in which every group lies.
                    parts = [x(place, c, time) for c in self.groups.children(group)]
                    rules += self.parts(parts, whole, group is not None and self.groups.divides[group])
        if self.time == "grows":
            for i, a in enumerate(bundle):
                for j, b in enumerate(bundle):
                    if i != j and self.not_later(a, b):
                        rules += [x(p, g, i) <= x(p, g, j) for p in places for g in groups]
        says = []
        for i, a in enumerate(bundle):
            it = x(*self.scope(a), i if self.time == "grows" else 0)
            limits = []
            if a["low"] is not None:
                n, out = a["low"]
                limits.append(it > q(n) if out else it >= q(n))
            if a["high"] is not None:
                n, out = a["high"]
                limits.append(it < q(n) if out else it <= q(n))
            says.append(z3.And(limits))
        return rules, says

    @staticmethod
    def parts(parts, whole, divides):
        return [z3.Sum(parts) <= whole] if divides and parts else [part <= whole for part in parts]

    def minimal(self, bundle):
        """All minimal unsatisfiable sets of a bundle."""
        rules, says = self.constraints(bundle)
        solver = z3.Solver()
        solver.add(rules)
        flags = [z3.Bool(f"a{i}") for i in range(len(bundle))]
        solver.add([z3.Implies(flag, said) for flag, said in zip(flags, says)])
        true = lambda seed: solver.check([flags[i] for i in seed]) == z3.sat
        everything = set(range(len(bundle)))
        if true(everything):
            return set()
        found, unexplored = set(), z3.Solver()
        while unexplored.check() == z3.sat:
            model = unexplored.model()
            seed = {i for i in everything if not z3.is_false(model.eval(flags[i], model_completion=False))}
            if true(seed):
                for i in sorted(everything - seed):
                    if true(seed | {i}):
                        seed |= {i}
                unexplored.add(z3.Or([flags[i] for i in everything - seed]))
            else:
                for i in sorted(seed):
                    if not true(seed - {i}):
                        seed -= {i}
                found.add(frozenset(bundle[i]["id"] for i in seed))
                unexplored.add(z3.Not(z3.And([flags[i] for i in seed])))
        return found


def q(n):
    return z3.Q(Fraction(n).numerator, Fraction(n).denominator)


def write(folder, questions, places, groups):
    (folder / "content").mkdir()
    (folder / "site.toml").write_text('title = "Random questions"\nlanguage = "en"\n[rules]\n' + "\n".join(f'{rule} = "off"' for rule in RULES))
    out = ["actors:"]
    for tree in groups:
        for i, name in enumerate(tree.names):
            out += [f"  {name}:", f"    name: {name}", f"    disjoint_parts: {str(tree.divides[i]).lower()}"]
            if tree.parent[i] is not None:
                out.append(f"    part_of: {tree.names[tree.parent[i]]}")
    out.append("places:")
    for tree in places:
        for i, name in enumerate(tree.names):
            out += [f"  {name}:", f"    name: {name}", f"    disjoint_parts: {str(tree.divides[i]).lower()}"]
            if tree.parent[i] is not None:
                out.append(f"    part_of: {tree.names[tree.parent[i]]}")
    out += ["sources:", "  paper: { title: Paper }", "questions:"] + [question.sheet() for question in questions]
    out += ["claims:"] + [question.claims() for question in questions]
    (folder / "content" / "all.yaml").write_text("\n".join(out) + "\n")


RULES = ["unused-source", "unused-place", "unused-actor", "unused-claim", "unused-question", "unexplained-difference", "impossible-together"]


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 18)
    places = [Tree(rng, f"p{i}-", rng.randrange(2, 7)) for i in range(60)]
    groups = [Tree(rng, f"g{i}-", rng.randrange(2, 6)) for i in range(40)]
    questions = [Question(rng, i, rng.choice(places), rng.choice(groups)) for i in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write(folder, questions, places, groups)
        subprocess.run([program, "export", "json", "--root", str(folder), "--output", str(folder / "dossier.json")], check=True, stdout=subprocess.DEVNULL)
        exported = json.loads((folder / "dossier.json").read_text())
    told = {question["id"]: question for question in exported["questions"]}
    passed, failed, sizes = 0, 0, {}
    for question in questions:
        mine = told[question.id]
        found = {frozenset([*s["parts"], s["whole"]]) for s in mine.get("impossible", [])}
        expected = question.expected()
        for s in expected:
            sizes[len(s)] = sizes.get(len(s), 0) + 1
        if found == expected and "impossible_searched" not in mine:
            passed += 1
            continue
        failed += 1
        if failed <= 5:
            print(f"{question.id} ({question.time}, {question.window}d): only the solver {show(expected - found)}, only the program {show(found - expected)}")
            print(question.sheet(), question.claims(), sep="\n")
    print("sets, by size: " + ", ".join(f"{sizes[size]} of {size}" for size in sorted(sizes)))
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


def show(sets):
    return [sorted(s) for s in sorted(sets, key=sorted)]


if __name__ == "__main__":
    main()
