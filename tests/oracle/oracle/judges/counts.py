"""Numbers, and the words that stand for none: how many answers, claims, notes; nobody, nothing, unknown."""

from . import SKIP, equals, judge
from .marks import state_of
from ..catalogue import plain
from ..truth import COMPARED

LAPSES = {"superseded", "corrected", "withdrawn", "retracted"}


# Answers

@judge("question.answers")
def answers(case):
    if case.number() is None:
        return SKIP
    holder = case.page.holder(case.element, "answer")
    if holder is not None:
        cards = case.page.links(holder, "claims")
        return equals(case.number(), len(cards)) if cards else None
    question = case.question()
    return equals(case.number(), len(case.view.answers(question))) if question else None


@judge("question.unanswered")
def unanswered(case):
    question = case.question()
    if question is None:
        return None
    given = case.view.answers(question)
    return True if not given else f"{', '.join(a.claim.id for a in given)} answer it"


@judge("question.differs")
def differs(case):
    question = case.question()
    if question is None:
        return None
    found = case.view.answers(question)
    pairs = sum(len(case.view.differing(a)) for a in found) // 2
    values = {str(a.written) for a in found if case.view.at_odds(a)}
    placed = {(str(a.written), a.scope("place"), a.scope("group")) for a in found if case.view.at_odds(a)}
    return "a count of pairs grows with what was typed" if case.number() == pairs and pairs not in (len(values), len(placed)) else equals(case.number(), len(values), len(placed))


@judge("figure.differs")
def figure_differs(case):
    claim, question = case.claim(), case.question()
    answer = case.answer(claim, question)
    if answer is None:
        return None
    others = len(case.view.differing(answer))
    if case.view.obscure(answer.question):
        return None
    return equals(case.number() or 1, others)


@judge("question.none_stands", "home.none_stands")
def none_stands(case):
    question = case.question()
    if question is None:
        return None
    given = case.view.answers(question)
    current = [a for a in given if case.view.states(a) == {"current"}]
    return True if given and not current else f"{current[0]!r} stands" if current else "nobody answers"


def comparable(case, answer):
    """The other current answers with which one can be compared."""
    return [b for b in case.view.answers(answer.question) if b is not answer and case.view.states(b) == {"current"}
            and case.view.verdict(answer, b).kind in COMPARED]


@judge("question.none_compare", "home.none_compare")
def none_compare(case):
    question = case.question()
    if question is None:
        return None
    current = [a for a in case.view.answers(question) if case.view.states(a) == {"current"}]
    pairs = [(a, b) for a in current for b in comparable(case, a)]
    return True if len(current) > 1 and not pairs else f"{pairs[0][0]!r} and {pairs[0][1]!r} can be compared" if pairs else "there are not two"


@judge("figure.not_compared")
def not_compared(case):
    answer = case.answer(case.claim(), case.question())
    if answer is None:
        return None
    others = comparable(case, answer)
    return True if not others else f"{answer!r} can be compared with {others[0]!r}"


@judge("question.apart_hint", "figure.apart")
def apart_hint(case):
    """These cannot be compared with the others: so it is of each of them, and there are others."""
    question = case.question()
    if question is None:
        return None
    section = case.page.holder(case.element, "section")
    here = [a for a in (case.answer(c, question) for c in case.page.links(section, "claims")) if a] if section is not None and case.key.startswith("question") else []
    current = [a for a in case.view.answers(question) if case.view.states(a) == {"current"}]
    wrong = [a for a in here if comparable(case, a)]
    if wrong:
        return f"{wrong[0]!r} can be compared with {comparable(case, wrong[0])[0]!r}"
    return True if case.key.startswith("figure") or set(current) - set(here) else "there are no others"


@judge("question.forecasts_hint", "question.denials_hint", "question.silences_hint", "question.lapsed_hint")
def section(case):
    """All answers of the section are so."""
    question, holder = case.question(), case.page.holder(case.element, "section")
    here = [a for a in (case.answer(c, question) for c in case.page.links(holder, "claims")) if a] if holder is not None and question else []
    want = {"forecasts": {"forecast"}, "denials": {"denial"}, "silences": {"silence"}}.get(case.key.split(".")[1].removesuffix("_hint"), LAPSES)
    wrong = [a for a in here if not case.view.states(a) & want]
    return None if not here else True if not wrong else f"{wrong[0]!r} is {' and '.join(sorted(case.view.states(wrong[0])))}"

# People

@judge("actor.silent")
def silent(case):
    actor = case.page.record
    if actor is None or case.page.kind != "actors":
        return None
    spoke = [c.id for c in case.dossier.claims.values() if actor.id in case.view.voice(c) or case.view.told_of(actor.id, c)]
    return True if not spoke else f"{', '.join(spoke)} are theirs or about them"


@judge("ui.claims")
def claims(case):
    """How many claims: the label beside it says of which kind."""
    actor, label = case.page.record, case.element.getprevious()
    if case.page.kind != "actors" or actor is None or label is None:
        return SKIP
    keys = case.catalogue.keys(label.text_content())
    all_claims = case.dossier.claims.values()
    if "actor.said" in keys:
        return equals(case.number(), sum(actor.id in case.view.voice(c) for c in all_claims))
    if "actor.about" in keys:
        about = [c for c in all_claims if case.view.told_of(actor.id, c)]
        return equals(case.number(), len(about), sum(actor.id not in case.view.voice(c) for c in about))
    return None

# The whole

@judge("source.agree", "source.differ")
def facing(case):
    return SKIP


@judge("home.claims", "home.contested", "home.sources", "home.origins")
def figures(case):
    """A word of the figures of the home page; the number is beside it."""
    beside = case.element.getnext()
    number = case.catalogue.number(beside.text_content()) if beside is not None else None
    if number is None:
        return SKIP
    if case.page.kind != "home":
        return SKIP
    claims = case.dossier.claims.values()
    origins = set().union(*(case.view.origins(c) for c in claims)) if claims else set()
    names = case.catalogue.keys(case.text)
    truths = {
        "home.claims": len(claims), "home.contested": sum(bool(case.view.contesting(c)) for c in claims),
        "home.sources": len(case.dossier.sources), "home.origins": len(origins),
    }
    return equals(number, *(truths[n] for n in names if n in truths))


@judge("word.settled")
def settled(case):
    question, said = case.question(), case.key.rsplit(".", 1)[1]
    # A language may have one word for a question that the editors call disputed and for a claim that others contest.
    if question is None or "contest" in (case.element.get("class") or ""):
        return SKIP
    return True if question.judged == said else f"the editors say {question.judged or 'nothing'} of {question.id}"


@judge("article.contested_key")
def contested_key(case):
    return True if case.page.main.xpath(".//*[contains(@class, 'contested-mark')][@role]") else "no mark of it stands on the page"

@judge("home.settled_none", "home.disputed_none", "home.open_none", "disagreements.none")
def none(case):
    """No question is so."""
    kind = case.key.split(".")[-1].removesuffix("_none")
    questions = case.dossier.questions.values()
    if kind == "none":
        found = [q.id for q in questions if case.view.disputed(q)]
    elif kind == "disputed":
        # What the editors judged otherwise is not called disputed over their heads.
        found = [q.id for q in questions if q.judged == kind or not q.judged and case.view.disputed(q)]
    else:
        found = [q.id for q in questions if q.judged == kind]
    return True if not found else f"{', '.join(found)} are"


@judge("question.changes")
def changes(case):
    question = case.question()
    return None if question is None else True if question.changes else f"{question.id} does not change"


@judge("claim.verified", "claim.verified_dated")
def found_in_copy(case):
    """A quote was found in the copy with this hash."""
    claim = case.claim()
    if claim is None:
        return None
    copies = [case.dossier.lock.get(s.id, {}) for s in claim.sources]
    start, _, end = plain(case.values["hash"]).partition("…")
    for source, copy in zip(claim.sources, copies):
        if copy.get("sha256", "").startswith(start) and copy.get("sha256", "").endswith(end):
            good = any(state_of(case.dossier, e) >= {"verbatim"} for e in claim.evidence if e["source"] == source.id)
            return True if good else f"no quote of {claim.id} was found in it"
    return "no copy has that hash"


@judge("change.of", "change.corrected", "change.withdrawn", "change.assessed", "change.text_corrected", "change.text_retracted")
def changed(case):
    """What is linked in this line was changed so."""
    how, holder = case.key.split(".")[-1], case.page.holder(case.element, "li")
    if holder is None or how in ("published", "updated", "more"):
        return SKIP
    if how.startswith("text_"):
        wrong = [s.id for s in case.page.links(holder, "sources") if s.standing != how.removeprefix("text_")]
        return True if not wrong else f"{', '.join(wrong)} was not {how.removeprefix('text_')}"
    claims, questions = case.page.links(holder, "claims"), case.page.links(holder, "questions")
    wrong = [c.id for c in claims if c.standing != how] if how != "assessed" else [q.id for q in questions if not q.judged]
    return True if not wrong else f"{', '.join(wrong)} was not {how}"

# How a text is sourced

@judge("article.notes_word", "article.sources_word", "article.contested_word")
def sourcing(case):
    """The figures of an article: so many notes, so many texts behind them, so many claims that others contest."""
    beside = case.element.getnext()
    number = case.catalogue.number(beside.text_content()) if beside is not None and beside.tag == "dd" else None
    if number is None or case.page.kind != "articles":
        return SKIP
    notes = case.page.root.xpath("//li[starts-with(@id, 'note-')]")
    claims = list(dict.fromkeys(c for note in notes for c in case.page.links(note, "claims")))
    sources = {s for c in claims for s in c.sources} | {s for note in notes for s in case.page.links(note, "sources") if not case.page.links(note, "claims")}
    keys = case.catalogue.keys(case.text)
    truths = {"article.notes_word": len(notes), "article.sources_word": len(sources), "article.contested_word": contested_here(case, notes)}
    return equals(number, *(truths[k] for k in keys if k in truths))

def contested_here(case, notes):
    """The claims beside a mark of whose note the sign of contest stands: whether it may stand there is asked of each sign."""
    marks = case.page.main.xpath(".//sup[contains(@class, 'note')]//*[contains(@class, 'contested-mark') or contains(@class, 'lapsed-sign')]")
    signed = {a.get("href")[1:] for m in marks if (a := m.getprevious()) is not None and a.get("href")}
    return len({c for note in notes if note.get("id") in signed for c in case.page.links(note, "claims") if case.view.contesting(c)})

@judge("article.coverage")
def coverage(case):
    """So many paragraphs bear a note, of no fewer that owe one."""
    bearing = [p for p in case.page.main.xpath(".//div[contains(@class, 'prose')]//p[.//a[@role='doc-noteref']]") if not p.xpath("ancestor::*[contains(@class, 'claim') or contains(@class, 'card')]")]
    total = case.number("total")
    wrong = equals(case.number(), len(bearing))
    return wrong if wrong is not True else True if total is None or total >= len(bearing) else f"{len(bearing)} bear one already"


# Small words

@judge("evidence.in_text")
def in_text(case):
    sources = case.page.links(holder, "sources") if (holder := case.page.holder(case.element, "evidence")) is not None else []
    return None if len(sources) != 1 else True if sources[0].raw.get("text") else f"{sources[0].id} is not published here"


@judge("actor.one_voice_says")
def one_voice(case):
    """The sheet says so of this body."""
    actor = case.page.record
    if actor is None or case.page.kind != "actors":
        return None
    return True if str(actor.raw.get("one_voice")).lower() == "true" else f"{actor.id} is not said to have one voice"


@judge("actor.unnamed")
def unnamed(case):
    actor = case.page.record
    return None if actor is None else True if actor.raw.get("type") == "unnamed" else f"{actor.id} is named"


@judge("table.unknown", "figure.unknown_origin")
def unknown_origin(case):
    claim = case.claim()
    return None if claim is None else True if not case.view.origins(claim) else f"it is {', '.join(sorted(case.view.origins(claim)))}"


@judge("source.undated")
def undated(case):
    source = case.page.record
    return None if source is None else True if not source.published else f"{source.id} is of {source.published.text}"


@judge("source.origin_of")
def origin_of(case):
    source, below = case.page.record, case.element.getnext()
    if source is None or below is None:
        return None
    wrong = [s.id for s in case.page.links(below, "sources") if source.id not in s.based_on]
    return True if not wrong else f"{', '.join(wrong)} does not build on it"


@judge("place.answers")
def answers_about(case):
    """Every answer in the table below is about this place."""
    place, section = case.page.record, case.page.holder(case.element, "section")
    if place is None or section is None:
        return None
    wrong = [c.id for c in case.page.links(section, "claims") if not any(a.place == place.id for a in c.answers)]
    return True if not wrong else f"{', '.join(wrong)} is not about it"


@judge("question.assessed")
def assessed(case):
    question = case.question()
    return None if question is None else True if (question.raw.get("assessment") or {}).get("on") else f"{question.id} has no day of assessment"


@judge("disagreements.versus")
def versus(case):
    row = case.page.holder(case.element, "versus")
    claims = case.page.links(row, "claims") if row is not None else []
    if len(claims) != 2:
        return None
    tied = claims[0].id in claims[1].contradicts or claims[1].id in claims[0].contradicts
    return True if tied else f"nothing sets {claims[0].id} against {claims[1].id}"


@judge("home.by_editors", "home.by_comparison", "home.one_stands", "home.none_differ")
def because(case):
    """Why a question stands where it does on the home page."""
    question = case.question()
    if question is None or case.view.obscure(question):
        return None
    current = [a for a in question.answers if case.view.states(a) == {"current"}]
    fine = {
        "home.by_editors": bool(question.judged), "home.by_comparison": case.view.disputed(question) and not question.judged,
        "home.one_stands": len(current) == 1, "home.none_differ": not case.view.disputed(question),
    }[case.key]
    return True if fine else f"of {question.id}: {len(current)} current answers, the editors say {question.judged or 'nothing'}"


@judge("asof.news")
def news(case):
    """So many answers are named below, or counted there."""
    section = case.page.holder(case.element, "section")
    named = section.xpath(".//li[@data-new]") if section is not None else []
    rest = section.xpath(".//ul//p[contains(@class, 'hint')]") if section is not None else []
    return None if rest else equals(case.number(), len(named))


@judge("asof.no_news")
def no_news(case):
    section = case.page.holder(case.element, "section")
    return True if section is not None and not section.xpath(".//li[@data-new]") else "something is named below"
