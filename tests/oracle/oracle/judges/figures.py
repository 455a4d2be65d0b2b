"""What the keys and captions of figures say."""

from . import judge
from ..catalogue import plain
from ..edtf import FUTURE, PAST


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
LEGEND = {"exact": ("",), "about": ("~",), "at_least": (">", ">="), "at_most": ("<", "<="), "range": ("..",)}


@judge("figure.contested")
def contested_mark(case):
    """The key of a figure: some answer in it differs from another."""
    question = case.question()
    if question is None or case.view.obscure(question):
        return None
    return True if case.view.disputed(question) else "no answer in it is contested"


@judge("figure.exact", "figure.about", "figure.at_least", "figure.at_most", "figure.range", "figure.one_of", "figure.unsure")
def legend(case):
    """A mark that the key of a figure explains is in it."""
    question, name = case.question(), case.key.split(".")[1]
    if question is None:
        return None
    if question.values == "date":
        return True if any(drawn_as(a, name) for a in question.answers) else "no answer is drawn so"
    if question.values != "quantity" or name not in LEGEND:
        return None
    return True if {a.value.sign for a in question.answers} & set(LEGEND[name]) else "no answer is drawn so"


def drawn_as(answer, name) -> bool:
    """Whether the date of an answer has the mark of that name."""
    date = answer.value
    days = date.days
    return {
        "range": days.first < days.last, "unsure": True, "one_of": date.form == "one-of", "exact": days.first == days.last,
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
