"""What the keys and captions of figures say."""

from . import judge
from .when import inferences
from ..catalogue import plain
from ..edtf import FUTURE, PAST
from ..sheets import date as read_date


@judge("figure.map_description")
def whereabouts(case):
    place = case.page.record
    if place is None or case.page.kind != "places":
        return None
    word = case.catalogue[f"word.precision.{place.raw.get('precision', 'point')}"]
    return True if f"{plain(place.label)} ({word})" in case.text else f"{place.id} is meant as a {word}"


@judge("figure.answers_caption", "figure.choices_caption")
def order(case):
    """Rows in the order of the dates for which the answers hold: of a question about dates, that says nothing."""
    figure, question = case.page.holder(case.element, "figure"), case.question()
    if figure is None or question is None or case.view.obscure(question):
        return None
    if case.key.endswith("choices_caption"):
        return True
    if question.values == "date":
        return "the answers are dates: what orders them is when they were given"
    shown = [a for c in case.page.links(figure, "claims") for a in [case.answer(c, question)] if a and a.as_of]
    # Those apart stand under a heading of their own, behind the others, in the same order.
    apart = set(behind(case, figure, shown, question))
    parts = [[a for a in shown if a not in apart], [a for a in shown if a in apart]]
    wrong = [(a, b) for part in parts for n, a in enumerate(part) for b in part[n + 1:] if b.as_of.days.before(a.as_of.days) and a.place == b.place]
    return True if not wrong else f"{wrong[0][0]!r} holds for a later day than {wrong[0][1]!r}"


def behind(case, figure, shown, question):
    """The answers that stand behind the heading of those apart."""
    heading = [e for e in figure.iter() if isinstance(e.tag, str) and "figure.apart" in case.catalogue.keys(plain(e.text or ""))]
    if not heading:
        return []
    inside = list(figure.iter())
    links = [e for e in inside[: inside.index(heading[0])] if e.tag == "a"]
    before = {case.page.target(a)[1] for a in links if case.page.target(a)[0] == "claims"}
    return [a for a in shown if a.claim.id not in before]


# What a mark in a figure stands for, and the signs of the values that are drawn so.
LEGEND = {"exact": ("",), "about": ("~", "±"), "at_least": (">", ">="), "at_most": ("<", "<="), "range": ("..", "±")}


@judge("figure.contested")
def contested_mark(case):
    """The key of a figure: some answer in it differs from another; of a timeline, some claim is contested."""
    question = case.question()
    if question is None:
        marked = any(case.view.contesting(c) for c in case.dossier.claims.values()) if case.page.kind == "timeline" else None
        return None if marked is None else True if marked else "no claim is contested"
    if case.view.obscure(question):
        return None
    return True if any(case.view.at_odds(a) for a in question.answers) else "no answer in it is contested"


@judge("figure.exact", "figure.about", "figure.at_least", "figure.at_most", "figure.range", "figure.one_of", "figure.unsure", "figure.day_exact", "figure.day_at_least", "figure.day_at_most")
def legend(case):
    """A mark that the key of a figure explains is in it: the value, or the date on which an answer holds, is written so."""
    question, name = case.question(), case.key.split(".")[1].removeprefix("day_")
    if question is None:
        if case.page.kind != "timeline":
            return None
        drawn = [(e.date, inferred_in(e, "date")) for e in case.dossier.events.values()] + [(c.said, inferred_in(c, "on") or any(inferred_in(s, "published") for s in c.sources)) for c in case.dossier.claims.values()]
    else:
        inferred = {a: any(True for r in (a.claim, *a.claim.sources) for _ in inferences(r.raw)) for a in question.answers}
        drawn = [(a.as_of, inferred[a]) for a in question.answers]
        if question.values in ("date", "period"):
            drawn += [(read_date(a.written), inferred[a]) for a in question.answers if a.value is not None]
        if question.values == "quantity" and name == "about" and any(a.value and a.value.best is not None for a in question.answers):
            return True  # The best value of a range has that mark.
        if question.values == "quantity" and name in LEGEND and {a.value.sign for a in question.answers if a.value} & set(LEGEND[name]):
            return True
    return True if any(drawn_as(date, name, inferred) for date, inferred in drawn if date) else "nothing is drawn so"


def inferred_in(record, key) -> bool:
    raw = record.raw.get(key)
    return isinstance(raw, dict) and "inferred" in raw


def drawn_as(date, name, inferred) -> bool:
    """Whether a date has the mark of that name."""
    days = date.days
    return {
        "range": days.first < days.last, "unsure": inferred or date.approximate or any(p.doubted for p in date.points), "one_of": date.form == "one-of", "exact": days.first == days.last or date.form == "one-of" and any(p.precision == "day" for p in date.points),
        "about": date.approximate, "at_least": days.last == FUTURE, "at_most": days.first == PAST,
    }[name]


@judge("figure.given_caption")
def given(case):
    """Rows in the order in which the answers were given, as far as that is sure."""
    figure, question = case.page.holder(case.element, "figure"), case.question()
    if figure is None or question is None:
        return None
    shown = [a for c in case.page.links(figure, "claims") for a in [case.answer(c, question)] if a and c.said]
    # Apart from those that can be compared, others follow in an order of their own.
    wrong = [(a, b) for n, a in enumerate(shown) for b in shown[n + 1:] if b.claim.said.days.before(a.claim.said.days) and case.view.states(a) == case.view.states(b) == {"current"}
             and a.place == b.place and case.view.verdict(a, b).kind in ("agrees", "shares", "differs")]
    return True if not wrong else f"{wrong[0][0]!r} was given after {wrong[0][1]!r}"
