"""Answers that cannot all be true: the smallest sets of one that gives the most of a whole, and others that give the least of
parts of it which share nothing (docs/comparing.md, What cannot all be true)."""

from dataclasses import dataclass
from itertools import combinations

from .comparing import Tree, part_of
from .edtf import FUTURE, PAST, add_months

LARGEST = 5


@dataclass(frozen=True)
class Impossible:
    """The parts with what they come to at least, the whole with what it is at most; `open_end`: one of them only more than,
    or less than, that."""

    parts: tuple
    whole: object
    sum: object
    limit: object

    @property
    def members(self) -> frozenset:
        return frozenset((*self.parts, self.whole))

    @property
    def gap(self):
        return self.sum - self.limit


def reckoned(view, question) -> list:
    """The current answers that are held, with a number."""
    if not (question.adds_up or question.grows) or question.values != "quantity":
        return []
    return [a for a in view.answers(question) if view.states(a) == {"current"} and view.as_then(a).least() is not None and (not question.timed or bounded(a))]


def bounded(answer) -> bool:
    days = answer.as_of and answer.as_of.about()
    return bool(days) and (answer.question.grows or days.first > PAST and days.last < FUTURE)


def sets(view, question, without=frozenset()) -> list:
    """All smallest sets, by their size; without some answers, those among the others."""
    answers = [a for a in reckoned(view, question) if a not in without]
    dossier, found = view.dossier, []
    for size in range(1, LARGEST):
        for whole in (a for a in answers if a.least().high is not None):
            inside = [a for a in answers if a is not whole and a.least().low is not None and part_of(dossier, a, whole)
                      and (question.adds_up or same_scope(a, whole)) and (not same_scope(a, whole) or question.grows and size == 1)]
            for parts in combinations(inside, size):
                told = Impossible(parts, whole, sum(p.least().low for p in parts), whole.least().high)
                if all(apart(dossier, *pair) for pair in combinations(parts, 2)) and exceeds(told) and together(question, parts, whole):
                    if not any(old.members <= told.members for old in found):
                        found.append(told)
    return found


def same_scope(a, b) -> bool:
    return all(a.scope(kind) == b.scope(kind) for kind in ("place", "group"))


def apart(dossier, a, b) -> bool:
    pairs = ((Tree(dossier.places), "place"), (Tree(dossier.actors), "group"))
    return any(a.scope(kind) and b.scope(kind) and tree.apart(a.scope(kind), b.scope(kind)) for tree, kind in pairs)


def exceeds(told) -> bool:
    touching = all(p.least().low_in for p in told.parts) and told.whole.least().high_in
    return told.sum > told.limit or told.sum == told.limit and not touching


def together(question, parts, whole) -> bool:
    """Whether they surely hold at one time."""
    if not question.timed:
        return True
    if question.grows:
        return all(p.as_of.about().last <= whole.as_of.about().first for p in parts)
    spans = [a.as_of.about() for a in (*parts, whole)]
    months, days = question.window
    return max(s.last for s in spans) <= add_months(min(s.first for s in spans), months) + days
