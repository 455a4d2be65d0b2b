"""Two texts or outlets face to face, and the matrix of questions by texts."""

from . import SKIP, equals, judge
from ..catalogue import plain
from ..truth import COMPARED


def sides(page):
    """The texts of each of the two that a page sets face to face."""
    ids = [p for p in page.path.split("/") if p][1:3]
    found = [texts_of(page.dossier, ident) for ident in ids]
    return found if page.kind == "compare" and len(found) == 2 and all(found) else None


def texts_of(dossier, ident):
    if ident in dossier.sources:
        return [dossier.sources[ident]]
    return [s for s in dossier.sources.values() if s.outlet is not None and s.outlet.id == ident]


def claims_in(dossier, texts):
    return [c for c in dossier.claims.values() if any(s in texts for s in c.sources)]


def answers_in(dossier, texts, question=None):
    return [a for c in claims_in(dossier, texts) for a in c.answers if question is None or a.question is question]


def common(dossier, one, other):
    asked = [{a.question.id for a in answers_in(dossier, texts)} for texts in (one, other)]
    return asked[0] & asked[1]


def origins_in(view, texts):
    return {o for c in claims_in(view.dossier, texts) for o in view.origins(c)}


@judge("compare.lede")
def lede(case):
    both = sides(case.page)
    return equals(case.number(), len(common(case.dossier, *both))) if both else None


@judge("compare.in_common")
def in_common(case):
    """Beside a link to the page of the two."""
    link = case.element.getprevious()
    if link is None or link.tag != "a":
        return None
    parts = [p for p in case.page.site.parts(case.page, link) if p != "index.html"]
    texts = [texts_of(case.dossier, ident) for ident in parts[-2:]]
    return equals(case.number(), len(common(case.dossier, *texts))) if all(texts) else None


@judge("compare.found")
def found(case):
    """So many claims of a voice in one of the two."""
    both, voice = sides(case.page), case.hook("voice")
    if not both or not voice:
        return None
    counts = [sum(voice in case.view.origins(c) for c in claims_in(case.dossier, texts)) for texts in both]
    spans = [e for e in case.element.getparent() if e.tag == "span" and e.get("class") == "quiet"]
    return equals(case.number(), counts[spans.index(case.element)]) if case.element in spans else SKIP


def from_other(view, one, other):
    """The claims found in the one that come from the other text, or from who answers for it."""
    own = {s.id for s in other} | {view.body(a) for s in other for a in s.answers_for}
    own -= origins_in(view, other)
    return [c for c in claims_in(view.dossier, one) if own & view.origins(c)]


@judge("compare.built")
def built(case):
    both, side = sides(case.page), case.hook("built")
    if not both or side is None:
        return None
    one, other = both if side == "first" else both[::-1]
    return equals(case.number(), len(from_other(case.view, one, other)))


@judge("compare.no_voice")
def no_voice(case):
    both = sides(case.page)
    if not both:
        return None
    shared = origins_in(case.view, both[0]) & origins_in(case.view, both[1])
    if from_other(case.view, *both) or from_other(case.view, *both[::-1]):
        return "claims found in the one come from the other"
    return True if not shared else f"{', '.join(sorted(shared))} stands behind both"


@judge("compare.shared")
def shared(case):
    both, question = sides(case.page), case.question()
    if not both or not question:
        return None
    behind = [{o for a in answers_in(case.dossier, texts, question) for o in case.view.origins(a.claim)} for texts in both]
    names = {plain((case.dossier.actors.get(o) or case.dossier.sources[o]).label) for o in behind[0] & behind[1]}
    named = plain(case.values.get("who") or "")
    return True if names and any(n in named for n in names) else f"behind both stand {', '.join(sorted(names)) or 'none'}"


@judge("compare.same_claim")
def same_claim(case):
    both, claim = sides(case.page), case.dossier.claims.get(case.hook("same"))
    if not both or not claim:
        return None
    return True if all(any(s in texts for s in claim.sources) for texts in both) else f"{claim.id} is not found in both"


@judge("matrix.shared")
def in_row(case):
    """An origin of the answer that another text of the row carries too."""
    claim, question = case.dossier.claims.get(case.hook("answer")), case.question()
    shown = heads(case.page, case.element)
    if not claim or not question or not shown:
        return None
    own = column(case)
    others = [s for s in shown if s is not own]
    carried = {o for a in answers_in(case.dossier, others, question) for o in case.view.origins(a.claim)}
    return True if carried & case.view.origins(claim) else f"no other text of the row has an origin of {claim.id}"


@judge("matrix.none")
def none(case):
    text, question = column(case), case.question()
    if not text or not question:
        return SKIP
    given = answers_in(case.dossier, [text], question)
    return True if not given else f"{given[0]!r} is found in {text.id}"


def heads(page, element):
    table = page.holder(element, "table")
    cells = table.xpath(".//thead//th")[1:] if table is not None else []
    return [s for cell in cells for s in page.links(cell, "sources")]


def column(case):
    """The text in whose column something stands."""
    cell = case.page.holder(case.element, "td")
    shown = heads(case.page, case.element)
    cells = [td for td in cell.getparent() if td.tag == "td"] if cell is not None else []
    return shown[cells.index(cell)] if cell in cells and len(shown) == len(cells) else None


def page(page, view, say):
    """What stands where on a page of two, and that nothing is missing there; each answer of a matrix in its place."""
    matrix(page, view, say)
    both = sides(page)
    if not both:
        return
    shown = {}
    for section in page.main.xpath(".//section[@data-how]"):
        for block in section.xpath(".//*[@data-question]"):
            question = page.dossier.questions[block.get("data-question")]
            shown[question.id] = section.get("data-how")
            placed(page, view, say, both, block, question, section.get("data-how"))
    wanted = common(page.dossier, *both)
    missing = sorted(wanted ^ set(shown))
    if not page.main.xpath(".//*[contains(@class, 'hint')][not(parent::header)]"):
        say("compare.all", page.path, True if not missing else f"{missing[0]} is missing, or has no answer in one of the two")
    for n, section in ((n, s) for n in (0, 1) for s in page.main.xpath(f".//section[@data-alone='{('first', 'second')[n]}']")):
        for line in section.xpath(".//li[@data-question]"):
            question = page.dossier.questions[line.get("data-question")]
            own, other = answers_in(page.dossier, both[n], question), answers_in(page.dossier, both[1 - n], question)
            say("compare.alone", question.id, True if own and not other else f"{question.id} is not answered in this one alone")


def placed(page, view, say, both, block, question, how):
    given = [answers_in(page.dossier, texts, question) for texts in both]
    for texts, face in zip(given, block.xpath(".//*[contains(concat(' ', @class, ' '), ' face ')]")):
        for answer in face.xpath(".//*[@data-answer]"):
            say("compare.answer", answer.get("data-answer"), True if any(a.claim.id == answer.get("data-answer") for a in texts) else "no such answer is found in this text")
    verdicts = [view.verdict(a, b) for a in given[0] for b in given[1] if a.claim is not b.claim]
    if any(v.kind == "untold" for v in verdicts) or view.obscure(question):
        return
    same = any(a.claim is b.claim and view.stands(a.claim) for a in given[0] for b in given[1])
    differ = any(v.kind == "differs" or (v.kind, v.reason) == ("impossible", "alone") for v in verdicts)
    truth = "differ" if differ else "agree" if same or any(v.kind in COMPARED for v in verdicts) else "apart"
    say("compare.how", f"{question.id} {how}", True if truth == how else f"it belongs to {truth}")


def matrix(page, view, say):
    for table in page.main.xpath(".//table[contains(@class, 'matrix')]"):
        texts = heads(page, table)
        for row in table.xpath(".//tr[@data-question]"):
            question = page.dossier.questions[row.get("data-question")]
            for text, cell in zip(texts, row.xpath("td")):
                given = {a.claim.id: a for a in answers_in(page.dossier, [text], question)}
                shown = [e.get("data-answer") for e in cell.xpath(".//*[@data-answer]")]
                wrong = [i for i in shown if i not in given] or (not cell.xpath(".//*[contains(@class, 'hint')]") and sorted(set(given) - set(shown)))
                say("matrix.cell", f"{question.id} {text.id}", True if not wrong else f"{wrong[0]} does not stand there, or is missing")
                for element in cell.xpath(".//li[@data-answer]"):
                    answer = given.get(element.get("data-answer"))
                    if answer and not any(view.verdict(answer, b).kind == "untold" for b in question.answers if b is not answer):
                        ringed = "is-differing" in (element.get("class") or "").split()
                        say("matrix.differs", answer.claim.id, True if ringed == bool(view.differing(answer)) else f"{answer!r} differs from {len(view.differing(answer))}")
