"""How two answers compare, by docs/comparing.md; docs/cases.md is its test (`test_cases.py`)."""

from dataclasses import dataclass
from fractions import Fraction

from .edtf import FUTURE, PAST, add_months
from .sheets import length
from .values import DAY, has_zone, instants


@dataclass(frozen=True)
class Verdict:
    """How two answers compare, and why: `sides` are 0 and 1, the answers that the reason is about. `about`: a gap is only
    as exact as the numbers are written."""

    kind: str
    reason: str
    sides: tuple = ()
    gap: object = None
    about: Fraction | None = None


NONE = Verdict("not-comparable", "")


class Tree:
    """Places in places, or actors in actors, through `part_of`."""

    def __init__(self, records):
        self.records = records

    def up(self, ident) -> list:
        """Itself, and all in which it lies, the nearest first."""
        found = []
        while ident in self.records and ident not in found:
            found.append(ident)
            parent = self.records[ident].raw.get("part_of")
            ident = parent[0] if isinstance(parent, list) else parent
        return found

    def inside(self, inner, outer) -> bool:
        """Whether the one is the other, or lies in it; `None` is the whole of all groups."""
        return inner == outer or outer in self.up(inner)

    def apart(self, a, b) -> bool:
        """Whether they are known to share nothing: they lie in different parts of what is said to have such parts."""
        ups = self.up(a), self.up(b)
        for n, shared in enumerate(ups[0]):
            if shared in ups[1]:
                m = ups[1].index(shared)
                if n and m and ups[0][n - 1] != ups[1][m - 1] and self.records[shared].raw.get("disjoint_parts") == "true":
                    return True
        return False


def part_of(dossier, a, b) -> bool:
    """Whether what the one counts is a part of what the other counts, or the same."""
    places, groups = Tree(dossier.places), Tree(dossier.actors)
    one, other = (a.scope("place"), a.scope("group")), (b.scope("place"), b.scope("group"))
    place = places.inside(one[0], other[0]) if one[0] and other[0] else one[0] == other[0]
    return place and (other[1] is None or one[1] is not None and groups.inside(one[1], other[1]))


def compare(view, a, b) -> Verdict:
    """Two answers by themselves: nothing else is asked of the dossier than where places and groups lie."""
    a, b = view.as_then(a), view.as_then(b)
    if a.value is None or b.value is None:
        return Verdict("untold", "a value that this oracle cannot read")
    return scopes(view, a, b) or held(view, a, b) or times(a, b) or VALUES[a.question.values](view, a, b)


def scopes(view, a, b):
    parts = [part_of(view.dossier, *pair) for pair in ((a, b), (b, a))]
    for kind in ("place", "group"):
        pair = [x.scope(kind) for x in (a, b)]
        if pair[0] != pair[1]:
            if a.question.adds_up and any(parts) and held(view, a, b) is None and in_time(a, b):
                part = parts.index(True)
                if leaves_room(*((a, b) if part == 0 else (b, a))):
                    return Verdict("shares", "part", (part,))
            named = tuple(i for i, scope in enumerate(pair) if scope)
            return Verdict("not-comparable", f"one-{kind}" if len(named) == 1 else f"{kind}s", named if len(named) == 1 else ())
    return None


def leaves_room(part, whole) -> bool:
    # As it is written: that a number is only so exact makes no room.
    least, most = part.reaching(), whole.reaching()
    if least is None or most is None:
        return False
    return least.low is None or most.high is None or least.low < most.high or least.low == most.high and least.low_in and most.high_in


def in_time(a, b) -> bool:
    """Whether a part and its whole are of one time. In a total that grows, a part that is not larger leaves room whenever it was."""
    return not a.question.changes or times(a, b) is None


def held(view, a, b):
    stances = [view.stance(x) for x in (a, b)]
    if (stances[0] == "forecast") != (stances[1] == "forecast"):
        return Verdict("not-comparable", "forecast", (stances.index("forecast"),))
    without = tuple(i for i, s in enumerate(stances) if s in ("denial", "silence"))
    return Verdict("not-comparable", "not-held", without) if without else None


def times(a, b):
    question = a.question
    if not (question.changes or question.grows):
        return None
    unknown = tuple(i for i, x in enumerate((a, b)) if x.as_of is None)
    if unknown:
        return Verdict("not-comparable", "as-of-unknown", unknown)
    if question.grows and (kind := grown(a, b)):
        return kind
    gap = a.as_of.days.gap(b.as_of.days)
    if gap is None or not question.changes:
        return None
    days, early, late = gap
    months, more = question.window
    return Verdict("not-comparable", "too-far-apart", gap=days) if add_months(early, months) + more < late else None


def grown(a, b):
    """Less before and more after, of a total that only grows."""
    one, other = a.least(), b.least()
    if one is None or other is None or one.meets(other):
        return None
    low, high = (a, b) if one.below(other) else (b, a)
    return Verdict("not-comparable", "may-have-grown") if low.as_of.days.first < high.as_of.days.last else None


# Values

def of_quantities(view, a, b):
    values, tolerance = [x.converted for x in (a, b)], a.question.tolerance or "10%"
    if None in values:
        if a.value.unit != b.value.unit:
            return Verdict("not-comparable", "different-unit")
        values = [a.value, b.value]
    coarse = any(v.inexact for v in values) and all(v.sign == "" for v in values)
    plain, wide = [v.range() for v in values], [v.least(tolerance, coarse) for v in values]
    reaching = [v.range(tolerance) for v in values]
    if reaching[0] == reaching[1]:
        return Verdict("agrees", "same")
    if plain[0] == plain[1]:
        return Verdict("agrees", "but-for-approximation")
    if not wide[0].meets(wide[1]):
        return Verdict("differs", "gap", gap=(plain if coarse else wide)[0].gap((plain if coarse else wide)[1]), about=max(v.step for v in values) if coarse or any(v.inexact for v in values) else None)
    if coarse:
        return Verdict("agrees", "but-for-rounding")
    return sharing(wide, any(w.is_open for w in wide))


def sharing(wide, is_open):
    if is_open:
        return Verdict("shares", "bound-only")
    within = tuple(i for i in (0, 1) if wide[i].within(wide[1 - i]))
    return Verdict("shares", "within" if within else "partly", within)


def of_dates(view, a, b):
    tolerance = a.question.tolerance
    if any("T" in x.value.text for x in (a, b)):
        return of_instants(a, b)
    reach = length(tolerance) if tolerance else None
    plain, wide = [x.value.days for x in (a, b)], [x.value.about(reach) for x in (a, b)]
    if wide[0] == wide[1]:
        return Verdict("agrees", "same")
    if plain[0] == plain[1]:
        return Verdict("agrees", "but-for-approximation")
    if not wide[0].meets(wide[1]):
        return Verdict("differs", "gap", gap=wide[0].gap(wide[1])[0])
    return sharing(wide, any(w.first == PAST or w.last == FUTURE for w in wide))


def of_instants(a, b):
    zoned = any(has_zone(x.value.text) for x in (a, b))
    wide = [instants(x.value.text, zoned) for x in (a, b)]
    if wide[0] == wide[1]:
        return Verdict("agrees", "same")
    if not wide[0].meets(wide[1]):
        # Beside a day, hours as long as they are fewer than those of two days: more is certain of no zone.
        seconds = wide[0].gap(wide[1])[0]
        if seconds >= 2 * DAY and not all("T" in x.value.text for x in (a, b)):
            return Verdict("differs", "gap", gap=seconds // DAY)
        return Verdict("differs", "gap-seconds", gap=seconds)
    return sharing(wide, any(w.first == PAST or w.last == FUTURE for w in wide))


def of_periods(view, a, b):
    one, other = a.value, b.value
    if (one.starts, one.ends) == (other.starts, other.ends):
        return Verdict("agrees", "same")
    gaps = one.gaps(other)
    if any(gaps):
        return Verdict("differs", "ends", gap=gaps)
    return sharing((one, other), one.is_open or other.is_open)


def of_choice(view, a, b):
    return Verdict("agrees", "same") if a.value == b.value else Verdict("differs", "choice")


def of_choices(view, a, b):
    one, other = a.value, b.value
    if one == other:
        return Verdict("agrees", "same")
    if not one & other:
        return Verdict("shares", "beside")
    within = tuple(i for i, (x, y) in enumerate(((one, other), (other, one))) if x <= y)
    return Verdict("shares", "within" if within else "partly", within)


def of_places(view, a, b):
    tree, pair = Tree(view.dossier.places), (a.value, b.value)
    if pair[0] == pair[1]:
        return Verdict("agrees", "same")
    within = tuple(i for i in (0, 1) if tree.inside(pair[i], pair[1 - i]))
    if within:
        return Verdict("shares", "within", within)
    if a.question.raw.get("several") == "true":
        return Verdict("shares", "beside")
    return Verdict("differs", "choice") if tree.apart(*pair) else Verdict("not-comparable", "unrelated-places")


def of_texts(view, a, b):
    if " ".join(a.value.split()) == " ".join(b.value.split()):
        return Verdict("agrees", "same")
    for key, verdict in (("contradicts", Verdict("differs", "stated-difference")), ("supports", Verdict("agrees", "stated-agreement"))):
        if b.claim.id in a.claim.named(key) or a.claim.id in b.claim.named(key):
            return verdict
    return Verdict("not-comparable", "in-words")


VALUES = {"quantity": of_quantities, "date": of_dates, "period": of_periods, "choice": of_choice, "choices": of_choices, "place": of_places, "text": of_texts}
