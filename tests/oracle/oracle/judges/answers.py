"""What is said of answers, and of how two of them compare."""

import re
from fractions import Fraction
from itertools import permutations

from . import SKIP, Case, judge
from .when import mismatch
from ..catalogue import plain
from ..sheets import date as read_date
from ..values import Quantity
from ..truth import View


@judge("state.current", "state.forecast", "state.denial", "state.silence")
def state(case):
    """What an answer is, of one or of a group."""
    question = case.question()
    holder = case.page.holder(case.element, "answer", "tr", "li")
    if holder is not None and holder.get("data-pair"):
        # In a row of two answers, what a cell says is of its own.
        holder = case.page.holder(case.element, "td", "of")
    if holder is None:
        holder = case.element.getnext()
    claims = case.page.links(holder, "claims") if holder is not None else []
    found = [a for a in (case.answer(c, question) for c in claims) if a and not case.view.unsure(a.claim)]
    if not found:
        return SKIP
    said = {case.key.split(".")[1]}
    wrong = [a for a in found if not said & case.view.states(a)]
    return True if not wrong else f"{wrong[0]!r} is {' and '.join(sorted(case.view.states(wrong[0])))}"


@judge("verdict")
def verdict(case):
    pair = case.pair()
    if pair is None:
        return None if case.page.holder(case.element, "tr", "li") is not None else SKIP
    truth = case.view.verdict(*pair)
    if truth.kind == "untold":
        return None
    name = case.key.split(".")[1]
    said = {"overlaps": "shares", "compatible": "shares", "impossible_with_others": "impossible"}.get(name, name)
    # Where a language has two words, the one is for two answers alone, the other for more.
    alone = name != "impossible_with_others" if truth.reason == "alone" else name == "impossible_with_others" or case.catalogue["verdict.impossible"] == case.catalogue["verdict.impossible_with_others"]
    return True if said == truth.kind and (truth.kind != "impossible" or alone) else f"{pair[0]!r} and {pair[1]!r}: {truth.kind} ({truth.reason})"


@judge("reason")
def reason(case):
    """Why: of a pair, or of one answer that stands apart, of which the reason must then be its own."""
    if case.key in ("reason.gap", "reason.gap_about") and case.question() and case.question().values == "date":
        return SKIP
    if case.key == "reason.gap_days" and case.question() and case.question().values == "period":
        return two_ends(case)
    pair = case.pair()
    if pair is not None:
        return holds(case, *pair)
    answer = apart(case)
    if answer is None:
        return None
    others = [b for b in case.view.answers(answer.question) if b is not answer]
    found = [holds(case, answer, other, own=True) for other in others] or ["there is no other answer"]
    return True if True in found else None if None in found else f"of {answer!r}: {found[0]}"


def apart(case):
    if (ident := case.hook("answer")) in case.dossier.claims:
        return case.answer(case.dossier.claims[ident], case.question())
    for kind in ("answer", "li"):
        holder = case.page.holder(case.element, kind)
        claims = case.page.links(holder, "claims") if holder is not None else []
        if len(claims) == 1:
            return case.answer(claims[0], case.question())
    return None


def holds(case, a, b, own=False):
    """Whether a reason holds of two answers; with `own`, its side must be the first."""
    return one_reason(case, a, b, own, case.key.removeprefix("reason."), case.values)


def one_reason(case, a, b, own, key, values):
    if ")" in (values.get("side") or ""):
        return two_reasons(case, a, b)
    truth = case.view.verdict(a, b)
    if truth.kind == "untold":
        return None
    test = next((t for start, t in REASONS.items() if key == start or key.startswith(start + ".")), None)
    if test is None:
        return None
    wrong = test(case, a, b, truth, key, values)
    if wrong is True and own and truth.reason in OWN and 0 not in truth.sides:
        return f"the reason is that of {b!r}"
    return wrong


# Reasons that lie in one of the two answers, and not in what stands between them.
OWN = ("lapse", "forecast", "not-held")


def two_reasons(case, a, b):
    """Of each side its own: the two stand in a list."""
    between = case.catalogue["list.and"].split("{start}")[1].split("{end}")[0]
    for at in (m.start() for m in re.finditer(re.escape(between), case.text)):
        halves = [case.catalogue.find(half, ("reason.",)) for half in (case.text[:at], case.text[at + len(between):])]
        if all(halves):
            found = [one_reason(case, a, b, False, h[0].key.removeprefix("reason."), h[0].values) for h in halves]
            return next((f for f in found if f is not True), True)
    return None


def two_ends(case):
    """Of two periods: how far their starts lie apart, and how far their ends do."""
    pair, between = case.pair(), case.catalogue["list.and"].split("{start}")[1].split("{end}")[0]
    found = [f[0] for half in case.text.split(between) if (f := case.catalogue.find(half, ("reason.gap_starts", "reason.gap_ends")))]
    if pair is None or len(found) != 2:
        return None
    truths = [one_reason(Case(case.page, case.view, (case.catalogue, case.reader), case.element, f.key, f.values, case.text), *pair, False, f.key.removeprefix("reason."), f.values) for f in found]
    return next((t for t in truths if t is not True), True)


def side(case, values, a, b):
    """Which of two answers a name is meant for, perhaps either."""
    named = plain(values.get("side") or "")
    for one, other in (("first", "second"), ("this", "that")):
        if named in (case.catalogue[f"reason.{one}"], case.catalogue[f"reason.{other}"]):
            return {int(named == case.catalogue[f"reason.{other}"])}
    return {i for i, x in enumerate((a, b)) if called(x.claim, named)}


def called(claim, named) -> bool:
    """Whether a claim may be called so beside another: by its speakers, else by its outlet or title."""
    bare = lambda name: plain(name.split(" (")[0])
    if claim.by and all(bare(claim.dossier.actors[a].label) in named for a in claim.by):
        return True
    # Of whom a text says that they said nothing, the text speaks.
    if claim.by and not View.silent(claim):
        return False
    actors = claim.dossier.actors
    voices = [actors[v].label if isinstance(v, str) and v in actors else v for s in claim.sources for v in s.voices or [s.label]]
    return any(bare(str(voice)) in named for voice in voices)


def expect(reason, kind=None):
    def test(case, a, b, truth, key, values):
        if truth.reason != reason:
            return f"{a!r} and {b!r}: {truth.kind} ({truth.reason})"
        if values.get("side"):
            meant = side(case, values, a, b)
            if not meant:
                return None
            if not meant & set(truth.sides):
                return f"it is so of the other, {(b, a)[min(meant)]!r}"
        if key.endswith(".both") and truth.sides != (0, 1):
            return f"it is so of only one of {a!r} and {b!r}"
        return kind(case, a, b, truth, key, values) if kind else True
    return test


def lapse(case, a, b, truth, key, values):
    """`lapse.corrected.single`: the side named was corrected; `superseded`, `by-other`: the other replaces it."""
    how = key.split(".")[1]
    sides = set(truth.sides)
    if not key.endswith(".both"):
        sides &= side(case, values, a, b)
    # Of two that bear one name, one is enough.
    faults = []
    for i in sides:
        one, other = (a, b)[i].claim, (a, b)[1 - i].claim
        if how in ("by-other", "by_other"):
            fine = other in case.view.replaced_by(one)
        elif how == "superseded" and "lapse.by_other.single" not in _keys(case) and "lapse.by-other.single" not in _keys(case):
            # The older wording: "replaced by the other".
            fine = other in case.view.replaced_by(one)
        else:
            fine = how in case.view.lapses(one)
        if not fine:
            faults.append(f"{one.id} is {' and '.join(sorted(case.view.lapses(one))) or 'current'}, and not so by {other.id}")
    return True if len(faults) < (len(sides) if not key.endswith(".both") else 1) else faults[0] if faults else None


def _keys(case):
    return {k.removeprefix("reason.") for k in case.catalogue.texts}


def not_held(case, a, b, truth, key, values):
    want = {"denies": "denial", "denial": "denial", "declines-to-confirm": "silence", "silence": "silence"}.get(key.split(".")[1])
    stances = [case.view.stance(x) for x in (a, b)]
    return True if want in [stances[i] for i in truth.sides] else f"the answers are {' and '.join(stances)}"


def gap(case, a, b, truth, key, values):
    told = read_number(case, values["gap"], a.question)
    if told is None:
        return None
    # What is only as exact as it is written lies so far apart as the coarser of the two tells.
    reach = truth.about or max(abs(truth.gap) / 1000, 0)
    return True if abs(Fraction(str(told)) - truth.gap) <= reach else f"they are {float(truth.gap):g} apart"


def about(case, a, b, truth, key, values):
    return gap(case, a, b, truth, key, values) if truth.about else "nothing about it is approximate"


def touch(case, a, b, truth, key, values):
    return True if truth.gap == 0 else f"they are {truth.gap} apart"


# How long a step of a precision is at least and at most, in days.
STEPS = {"day": (1, 1), "month": (28, 31), "season": (89, 113), "year": (365, 366), "decade": (3652, 3653), "century": (36524, 36525)}
UNITS = {"days": ("day", 1), "months": ("month", 30.5), "years": ("year", 365.25)}


def span(case, a, b, truth, key, values):
    """A distance in time: no greater than it is, and no more precise than the vaguer date."""
    told = length_of(case, values, key)
    if told is None:
        return None
    number, unit, sense = told
    name, _ = UNITS[unit]
    vaguest = max((p.precision for x in (a.value, b.value) for p in x.points), key=list(STEPS).index)
    return measured(number, name, sense, vaguest, truth.gap)


def measured(number, name, sense, vaguest, gap):
    # In the units of the vaguer date; in finer ones only where there is not one whole such unit.
    order = list(STEPS)
    coarser = [u for u in ("month", "year") if order.index(name) < order.index(u) <= order.index(vaguest)]
    if any(gap >= STEPS[u][1] for u in coarser):
        return f"{number} {name}s is more precise than a {vaguest}"
    low, high = (number * step for step in STEPS[name])
    if sense == "about":
        fine = low - STEPS[name][1] < gap < high + STEPS[name][1]
    else:
        fine = low <= gap if name != "day" or sense == "at_least" else low == gap
    return True if fine else f"they are {gap} days apart"


def length_of(case, values, key):
    """A number, its unit and its sense ("at least", "about", exactly) from the words for a distance."""
    text, sense = values.get("distance"), "exactly"
    if text is None:
        unit = key.split("_")[-1].split(".")[-1]
        return (case.number(), unit, "at_least") if unit in UNITS and case.number() is not None else ((case.number(), "days", "exactly") if key == "too_far_apart" and case.number() is not None else None)
    # "At least about": the one within the other.
    while found := case.catalogue.find(text, ("distance.",)):
        sense, text = found[0].key.split(".")[1], found[0].values["length"]
    for found in case.catalogue.find(text, ("duration.",)):
        return case.catalogue.number(found.values["n"]), found.key.split(".")[1], sense
    return None


def far(case, a, b, truth, key, values):
    """How far two as-of dates lie apart; a distance that names both names them rightly."""
    told = length_of(case, values, key)
    if told is None:
        return None
    if "first" in values:
        names = plain(f"{values['first']} {values['second']}")
        unnamed = any(all(case.catalogue[f"reason.{k}"] in names for k in pair) for pair in (("first", "second"), ("this", "that")))
        if not unnamed and not (called(a.claim, names) and called(b.claim, names)):
            return f"they are {a.claim.id} and {b.claim.id}"
    number, unit, sense = told
    vaguest = max((p.precision for x in (a.as_of, b.as_of) for p in x.points), key=list(STEPS).index)
    return measured(number, UNITS[unit][0], sense, vaguest, truth.gap)


def place(case, a, b, truth, key, values):
    names = [plain(case.dossier.places[x.scope("place")].label) for x in (a, b) if x.scope("place")]
    told = [plain(v) for k, v in values.items() if k in ("place", "first", "second")]
    return True if all(t in names for t in told) else f"the places are {names}"


def bound(case, a, b, truth, key, values):
    """One of the two is open on a side, so that it leaves room for the other."""
    return True if truth.reason == "bound-only" else f"{a!r} and {b!r}: {truth.kind} ({truth.reason})"


def group(case, a, b, truth, key, values):
    names = [plain(case.dossier.actors[x.scope("group")].label) for x in (a, b) if x.scope("group")]
    told = [plain(v) for k, v in values.items() if k in ("group", "first", "second")]
    return True if all(t in names for t in told) else f"the groups are {names}"


def end_of(which):
    """Of two periods: how far their starts, or their ends, lie apart."""
    def test(case, a, b, truth, key, values):
        told = case.catalogue.number(values["n"]) if values.get("n") else 1
        return True if told == truth.gap[which] else f"they are {truth.gap[which] or 'not'} apart"
    return test


REASONS = {
    "bound_only": bound, "different_group": expect("groups", group), "different_groups": expect("groups", group),
    "one_group": expect("one-group", group), "one_group_unstated": expect("one-group"), "gap_about": expect("gap", about),
    "same": expect("same"), "but_for_approximation": expect("but-for-approximation"), "within": expect("within"), "partly": expect("partly"),
    "touch": expect("gap", touch), "gap": expect("gap", gap), "gap_days": expect("gap", span), "gap_months": expect("gap", span),
    "gap_years": expect("gap", span), "choice": expect("choice"), "different_place": expect("places", place), "different_places": expect("places", place),
    "one_place": expect("one-place", place), "one_place_unstated": expect("one-place"), "too_far_apart": expect("too-far-apart", far),
    "lapse": expect("lapse", lapse), "forecast": expect("forecast"), "not_held": expect("not-held", not_held), "as_of_unknown": expect("as-of-unknown"),
    "beside": expect("beside"), "in_words": expect("in-words"), "part": expect("part"), "but_for_rounding": expect("but-for-rounding"), "unrelated_places": expect("unrelated-places"),
    "may_have_grown": expect("may-have-grown"), "different_unit": expect("different-unit"), "stated_agreement": expect("stated-agreement"), "stated_difference": expect("stated-difference"),
    "impossible": expect("alone"), "impossible_with_others": expect("with-others"), "gap_starts": expect("ends", end_of(0)), "gap_ends": expect("ends", end_of(1)),
}


def strip_unit(text, *units):
    """A number without its unit: as it stands behind, alone or in brackets."""
    for unit in filter(None, map(plain, filter(None, units))):
        for end in (f" {unit}", f" ({unit})", unit):
            if text.endswith(end):
                return text.removesuffix(end).strip()
    return text


def read_number(case, text, question):
    """A number with or without its unit."""
    return case.catalogue.number(strip_unit(plain(text), question.unit, *units_of(question)))


def units_of(question) -> list:
    return [a.value.unit for a in question.answers if isinstance(a.value, Quantity) and a.value.unit]


# Values

def reads_as(case, text, answer):
    """Whether the words of a value say what the answer says; `None` where the words are not understood."""
    question, text = answer.question, plain(text)
    if answer.value is None:
        return None
    return WORDS[question.values](case, text, answer)


def wrong(answer, words):
    return f"{answer.claim.id} answers “{words}”"


def choice_words(case, text, answer):
    label = plain(answer.question.raw["options"][answer.value])
    return True if text == label else wrong(answer, label)


def choices_words(case, text, answer):
    """The labels of all options that were chosen, in any order."""
    labels = [plain(answer.question.raw["options"][key]) for key in answer.value]
    comma, last = case.catalogue["list.comma"].strip() + " ", case.catalogue["list.and"]
    def listed(order):
        *rest, end = order
        return plain(last.replace("{start}", comma.join(rest)).replace("{end}", end)) if rest else plain(end)
    return True if any(text == listed(order) for order in permutations(labels)) else wrong(answer, " + ".join(labels))


def place_words(case, text, answer):
    label = plain(case.dossier.places[answer.value].label)
    return True if text == label else wrong(answer, label)


def text_words(case, text, answer):
    told, whole = text.strip("\"«»"), plain(answer.value).strip("\"«»")
    return True if told == whole or told.endswith("…") and whole.startswith(told.rstrip("… ")) else wrong(answer, whole)


def date_words(case, text, answer):
    readings = case.reader.read(text)
    if not readings:
        return None
    value = answer.value if answer.question.values == "date" else read_date(answer.written)
    return True if any(mismatch(value, True, said) == "" for said in readings) else wrong(answer, answer.written)


SIGNS = {"about": "~", "more_than": ">", "at_least": ">=", "less_than": "<", "at_most": "<=", "between": "..", "margin": "±", "best": ".."}


def quantity_words(case, text, answer):
    question = answer.question
    view = getattr(case, "view", None)
    truth = (view.as_then(answer) if view else answer).converted if answer.value.unit else None
    if truth is None and answer.value.unit and answer.converted is not None and text.endswith(")"):
        return f"{answer!r} is converted at a rate of which no text had spoken"
    if truth is not None and answer.value.unit != question.unit and (told := converted(case, text, answer, truth)) is not None:
        return told
    if answer.value.margin is not None and "%" in str(answer.written):
        return margin(case, text, answer)
    bare = strip_unit(text, answer.value.unit, question.unit)
    for unit in filter(None, (answer.value.unit, question.unit)):
        bare = bare.replace(f" {plain(unit)} (", " (")
    for found in case.catalogue.find(bare, ("quantity.",)):
        sign = SIGNS.get(found.key.split(".")[1])
        if sign:
            return signed(case, answer, sign, found.values)
    number = case.catalogue.number(bare)
    return None if number is None else same_value(answer, "", number)


def converted(case, text, answer, truth):
    """`8,000 mi (13,000 km)`: as it is written, and in brackets what that comes to, rounded."""
    for at in [m.start() for m in re.finditer(r" \(", text)] if text.endswith(")") else []:
        number = number_in(case, text[at + 2:-1], answer.question)
        if number is None or quantity_words(case, text[:at], answer) is not True:
            continue
        near = any(abs(Fraction(str(number)) - t) <= max(truth.step, abs(t) / 50) for t in (truth.low, truth.high))
        return True if near else wrong(answer, f"{float(truth.low):g} {answer.question.unit}")
    return None


def signed(case, answer, sign, values):
    if "range" in values:
        inner = [f for f in case.catalogue.find(values["range"], ("quantity.between",))]
        numbers = [case.catalogue.number(v) for v in inner[0].values.values()] if inner else [None]
        best = case.catalogue.number(values["n"])
        if best is None or answer.value.best != Fraction(str(best)):
            return wrong(answer, answer.written)
    elif "margin" in values:
        numbers, reach = [case.catalogue.number(values["n"])], case.catalogue.number(values["margin"])
        if reach is None or answer.value.margin is None or abs(Fraction(str(reach)) - answer.value.margin) > max(1, answer.value.margin / 100):
            return wrong(answer, answer.written)
    else:
        numbers = [case.catalogue.number(v) for v in values.values()]
    return None if None in numbers else same_value(answer, sign, *numbers)


def margin(case, text, answer):
    """A margin in per cent stands as one, or as what it comes to."""
    bare = strip_unit(text, answer.value.unit, answer.question.unit)
    # "800 t ± 20 %": of a share, the unit stands with the value.
    for unit in filter(None, (answer.value.unit, answer.question.unit)):
        bare = bare.replace(f" {plain(unit)} ±", " ±")
    for found in case.catalogue.find(bare, ("quantity.margin",)):
        share = str(answer.written).split("±")[1].split("%")[0].strip()
        centre, reach = case.catalogue.number(found.values["n"]), case.catalogue.number(found.values["margin"].rstrip("% "))
        if None in (centre, reach):
            return None
        truths = {Fraction(share)} if "%" in found.values["margin"] else {answer.value.margin}
        return True if Fraction(str(centre)) == answer.value.low and any(abs(Fraction(str(reach)) - t) <= abs(t) / 100 for t in truths) else wrong(answer, answer.written)
    return None


def number_in(case, text, question):
    """The first number in the words of a quantity, whatever its sign."""
    text = strip_unit(plain(text).replace(f" {plain(question.unit or '')} (", " ("), question.unit)
    if (number := case.catalogue.number(text)) is not None:
        return number
    for found in case.catalogue.find(text, tuple(f"quantity.{key}" for key in SIGNS)):
        if "range" in found.values:
            return number_in(case, found.values["range"], question)
        numbers = [case.catalogue.number(v) for v in found.values.values()]
        if numbers and None not in numbers:
            return numbers[0]
    return None


def same_value(answer, sign, *numbers):
    low, high = Fraction(str(numbers[0])), Fraction(str(numbers[-1]))
    value = answer.value
    same = (value.sign, value.low, value.high) == (sign, low, high)
    return True if same else wrong(answer, answer.written)


WORDS = {"choice": choice_words, "choices": choices_words, "place": place_words, "text": text_words, "date": date_words, "period": date_words, "quantity": quantity_words}
