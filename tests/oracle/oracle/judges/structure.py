"""What a page says by where it puts things: lists, neighbours, groups, hooks; and marks that must not be missing."""

import re
from dataclasses import dataclass
from fractions import Fraction

from . import answers, facing, when
from . import Case, equals
from .attribution import attribution
from .voices import speech_of
from ..catalogue import plain
from ..edtf import PAST, parse as parse_date
from ..pages import words
from ..truth import COMPARED, View

NOTED = ("lapse.", "note.corrected", "note.withdrawn", "note.superseded")
LAPSES = ("superseded", "corrected", "withdrawn", "retracted")


def page(page, view, catalogue, reader, report):
    say = lambda key, statement, verdict: report.say(page.path, key, statement, verdict)
    hooks(page, view, say)
    marks(page, view, catalogue, say)
    values(page, view, catalogue, reader, say)
    notes(page, view, catalogue, reader, say)
    told(page, catalogue, say)
    sections(page, view, say)
    sums(page, view, say)
    at_odds(page, view, catalogue, say)
    attributions(page, view, (catalogue, reader), say)
    whose(page, view, say)
    grammar(page, catalogue, say)
    facing.page(page, view, say)
    {"events": neighbours, "as_of": known, "timeline": periods, "home": home}.get(page.kind, lambda *_: None)(page, view, catalogue, reader, say)
    if page.kind and not page.id:
        cells(page, view, catalogue, say)


# Hooks

def hooks(page, view, say):
    dossier = page.dossier
    for row in page.main.xpath(".//*[@data-pair][@data-verdict]"):
        claims = [dossier.claims.get(i) for i in row.get("data-pair").split()]
        question = dossier.questions.get(row.get("data-question") or page.id)
        pair = [next((a for a in c.answers if a.question is question), None) for c in claims if c]
        if len(pair) == 2 and all(pair):
            truth = view.verdict(*pair).kind
            if truth == "untold":
                continue
            truth = {row.get("data-verdict")} & {"overlaps", "compatible"} if truth == "shares" else {truth}
            truth = "".join(truth) or "shares"
            say("hook.verdict", f"{row.get('data-pair')} {row.get('data-verdict')}", True if truth == row.get("data-verdict") else f"{truth}")
    for element in page.main.xpath(".//*[@data-state]"):
        claim, question = around(element, "answer", "claims", page), around(element, "question", "questions", page)
        answer = next((a for a in claim.answers if a.question is question), None) if claim and question else None
        if answer and not view.unsure(claim):
            states = view.states(answer)
            say("hook.state", f"{claim.id} {element.get('data-state')}", True if element.get("data-state") in states else " and ".join(sorted(states)))
    for element in page.main.xpath(".//*[@data-lapse]"):
        claim = page.named_before(element)
        if element.tag == "a" and page.target(element)[0] == "claims":
            claim = page.dossier.claims.get(page.target(element)[1])
        if claim is None:
            own = page.record if page.kind == "claims" else None
            inner = element.get("id", "").startswith("note-") or page.holder(element, "tr", "li") is not None and page.holder(element, "claim") is None
            claim = only(page, element) if inner else around(element, "claim", "claims", page) or around(element, "answer", "claims", page) or own or only(page, element)
        if claim and claim.kind == "claims" and not view.unsure(claim):
            lapses = view.lapses(claim)
            say("hook.lapse", f"{claim.id} {element.get('data-lapse')}", True if element.get("data-lapse") in lapses else f"it is {' and '.join(sorted(lapses)) or 'current'}")


def told(page, catalogue, say):
    """Each pair of answers has its verdict explained by what was computed, also where an editor explains it."""
    for row in page.main.xpath(".//tr[.//*[contains(@class, 'verdict-word')]]"):
        cells = [t for cell in row.xpath("td") for t in (words(cell), plain(cell.text or "")) if t]
        if row.get("data-verdict") == "impossible":
            continue  # By a third answer: the page reckons it out above.
        joint = plain(catalogue["list.and"].replace("{start}", "|").replace("{end}", "|")).strip("|")
        pieces = [piece for t in cells for piece in (t, t.split(joint)[0])]
        fine = any(f.key.startswith("reason.") for t in pieces for f in catalogue.find(t, ("reason.",)))
        say("reason.told", words(row)[:120], True if fine else "the comparison does not say why")


def sections(page, view, say):
    """An answer stands in the part of its question's page where it belongs."""
    question = page.record
    if page.kind != "questions" or question is None or view.obscure(question):
        return
    current = [a for a in question.answers if view.states(a) == {"current"}]
    comparable = {a for a in current for b in current if a is not b and view.verdict(a, b).kind in COMPARED}
    for section in page.main.xpath(".//section[@data-section]"):
        for claim in page.links(section, "claims"):
            answer = next((a for a in claim.answers if a.question is question), None)
            if answer is None:
                continue
            states, place = view.states(answer), section.get("data-section")
            if states != {"current"}:
                belongs = {"lapsed"} if states & set(LAPSES) else {s + "s" for s in ("forecast", "denial", "silence") if s in states} or {"silences"}
                belongs |= {"silences"} if "silence" in states else set()
            else:
                belongs = {"answers"} if answer in comparable or not comparable else {"apart"}
            say("hook.section", f"{answer!r} under {place}", True if place in belongs else f"it belongs under {' or '.join(sorted(belongs))}")


# Words that cannot follow one another: a preposition that the date brings along as well, a plural after one.
WRONG = {
    "en": r"\b(?:by|on|in|until|since) (?:on|in|by|until|since|between|around)\b|\bon on\b|\b1 (?:people|soldiers|days|answers|claims|sources|origins)\b|\b0 of 0\b",
    "fr": r"\b(?:le|en|au|à) (?:le|en|au)\b(?! dire)|\bjusqu'(?:le|entre|vers)\b|\b1 (?:jours|réponses|affirmations|sources|origines)\b|\b0 (?:citation )?sur 0\b",
}


def grammar(page, catalogue, say):
    """A sentence put together of a message and a value is one in its language."""
    wrong = WRONG.get(catalogue.language)
    for element in page.elements:
        if wrong is None or len(element) and element.tag in ("section", "div", "main", "header", "ul", "ol", "tbody", "table", "dl"):
            continue
        text = words(element)
        if len(text) >= 300 or not (found := re.search(wrong, text)):
            continue
        classes = set((element.get("class") or "").split())
        if catalogue.find(text) or catalogue.keys(element.text or "") or classes & {"value", "num", "flags"}:
            say("grammar", text, f"“{found[0]}”")


def whose(page, view, say):
    """Who speaks, and what the date beside is the date of, by their hooks."""
    for element in page.main.xpath(".//*[@data-said-by]"):
        claim = around(element, "claim", "claims", page) or only(page, element)
        if claim:
            truth = "text" if view.of_text(claim) else "speakers"
            say("hook.said-by", f"{claim.id} {element.get('data-said-by')}", True if element.get("data-said-by") == truth else truth)
    for element in page.main.xpath(".//*[@data-date-from]"):
        claim = around(element, "claim", "claims", page) or only(page, element)
        if claim:
            truth = "said" if claim.on else "published" if view.dated_by_text(claim) else "reported"
            say("hook.date-from", f"{claim.id} {element.get('data-date-from')}", True if element.get("data-date-from") == truth else truth)
    for element in page.main.xpath(".//*[@data-speech]"):
        claim = around(element, "claim", "claims", page) or only(page, element)
        linked = {s.id for s in page.links(element, "sources")}
        told = [e for e in claim.evidence if e["source"] in linked] if claim else []
        if told:
            may = set().union(*(speech_of(page.dossier, claim, e) for e in told))
            say("hook.speech", f"{claim.id} {element.get('data-speech')}", True if element.get("data-speech") in may else f"the sheet says {' or '.join(sorted(may))}")
    # A day of publication that is no day of speech says so, wherever a claim stands with its date.
    for card in page.main.xpath(".//div[contains(concat(' ', @class, ' '), ' claim ')]"):
        claim = around(card, "claim", "claims", page)
        dated = card.xpath(".//*[contains(@class, 'who')]//*[contains(concat(' ', @class, ' '), ' date ')]")
        if claim and dated and not claim.on:
            hooked = [e for d in dated for e in (d, *d.iterancestors(), *d.iter()) if e.get("data-date-from") in ("published", "reported")]
            say("date.from", claim.id, True if hooked else f"when {claim.id} was said is not given, and nothing here says that the date is the text's")


def around(element, hook, kind, page):
    """The record that a hook here or around names, else, of a question's or claim's page, its own."""
    for e in [element, *element.iterancestors()]:
        if e.get(f"data-{hook}"):
            return getattr(page.dossier, kind).get(e.get(f"data-{hook}"))
    return page.record if page.kind == kind else None


def only(page, element):
    holder = page.holder(element, "tr", "li")
    found = page.links(holder, "claims") if holder is not None else []
    return found[0] if len(found) == 1 else None


# Sums

def sums(page, view, say):
    """The hooks of what cannot all be true: a smallest set of the question, with what its parts come to and what its whole is at most."""
    for element in page.main.xpath(".//*[@data-parts][@data-whole]"):
        ids = [*element.get("data-parts").split(), element.get("data-whole")]
        question = around(element, "question", "questions", page) or (question_before(page, element) or [None])[0]
        found = [s for q in ([question] if question else page.dossier.questions.values()) for s in view.sets(q) if {a.claim.id for a in s.members} == set(ids) and s.whole.claim.id == ids[-1]]
        if not found:
            say("impossible", " ".join(ids), "the answers of these claims can all be true, or others of them alone cannot")
            continue
        told = [Fraction(element.get(f"data-{name}")) for name in ("sum", "limit")]
        truths = [(s.sum, s.limit) for s in found]
        near = any(all(abs(t - x) * 1000 <= max(abs(x), 1) for t, x in zip(told, truth)) for truth in truths)
        say("impossible", " ".join(ids), True if near else f"the parts are at least {truths[0][0]}, the whole at most {truths[0][1]}")


def attributions(page, view, words_of, say):
    """Each note of a claim, and where a claim comes from."""
    for holder in page.root.xpath("//li[starts-with(@id, 'note-')]//*[contains(@class, 'note-text')] | //section[@aria-labelledby='provenance']/p[1]"):
        verdict = attribution(Case(page, view, words_of, holder, "attribution", {}, words(holder)))
        if verdict is not None:
            say("attribution", words(holder)[:200], verdict)


def at_odds(page, view, catalogue, say):
    """How many values are at odds, and of how many origins: "3 values at odds, 1 origin, the rest without an origin given"."""
    for element in page.main.xpath(".//*[@data-says='question.differs']"):
        question = around(element, "question", "questions", page) or (question_before(page, element) or [None])[0]
        head, _, rest = words(element).partition(catalogue["list.comma"].strip() + " ")
        found = [f for f in catalogue.find(head, ("question.differs",))]
        if question is None or not found:
            continue
        answers = [a for a in view.answers(question) if view.at_odds(a)]
        number = catalogue.number(found[0].values["n"]) if found[0].values else 1
        truths = len({str(a.written) for a in answers}), len({(str(a.written), a.scope("place"), a.scope("group")) for a in answers})
        say("question.differs", words(element), equals(number, *truths))
        origins = [view.origins(a.claim) for a in answers]
        counts = [f for part in rest.split(", ") for f in catalogue.find(part, ("origins.count",)) if f.values.get("n")]
        for count in counts:
            say("question.differs.origins", words(element), equals(catalogue.number(count.values["n"]), len(set().union(*origins))))
        if catalogue["origins.rest_unknown"] in rest:
            say("question.differs.origins", words(element), True if not all(origins) else "of all of them an origin is known")


# Marks that must not be missing

def marks(page, view, catalogue, say):
    """Wherever a claim stands that no longer holds, it is marked; and the program marks no other so."""
    told = {plain(t) for k, texts in catalogue.texts.items() for t in texts if k.rpartition(".")[2] in LAPSES and k.startswith(("state.", "word.standing."))}
    starts = {begun(t) for k, texts in catalogue.texts.items() for t in texts if k.startswith(NOTED)}
    for row in page.main.xpath(".//div[contains(concat(' ', @class, ' '), ' claim ')] | .//tr | .//li"):
        if row.tag != "div" and row.xpath(".//div[contains(concat(' ', @class, ' '), ' claim ')] | .//li | .//tr"):
            continue
        claims = page.links(row, "claims")
        if not claims or (row.tag == "li" and page.holder(row, "claim", "refs", "mentions", "why", "changes") is not None):
            continue
        named = claims if row.tag == "tr" else claims[:1]
        for claim in named:
            if view.unsure(claim) or (page.kind == "claims" and claim is page.record):
                continue
            gone = view.lapses(claim)
            marked = is_marked(row, catalogue, told, starts)
            if gone:
                say("mark.lapse", claim.id, True if marked else f"it is {' and '.join(sorted(gone))}, and nothing here says so")
            elif row.xpath(".//*[@data-unsound]") and any(view.standing(s) != "current" for s in claim.sources):
                continue  # It stands, and one of its texts does not: that is what the mark says.
            elif marked and len(named) == 1 and not row.xpath(".//*[contains(@class, 'verdict-word')]"):
                say("mark.lapse", claim.id, f"it is marked as no longer standing, and {claim.id} stands")


def is_marked(row, catalogue, told, starts):
    hooked = [e for e in row.iter() if isinstance(e.tag, str) and (e.get("data-lapse") or e.get("data-state") in LAPSES)] + [row] * (row.get("data-state") in LAPSES)
    if hooked:
        return True
    for element in row.iter():
        if isinstance(element.tag, str):
            text = words(element)
            if text in told or len(text) < 400 and catalogue.find(text, (*NOTED, "reason.lapse", "verdict.superseded")):
                return True
    text = words(row)
    return any(start.search(text) for start in starts)


def begun(message):
    """A message up to what it names, with a date in it or not: "Aussage am 1. Mai ersetzt"."""
    pieces = re.split(r"\{\w+\}", plain(message).split("{other}")[0].split("{work}")[0].strip(" .:"))
    return re.compile(".{1,60}?".join(map(re.escape, pieces)))


# Values of answers

@dataclass
class Words:
    """What reading a value needs."""

    catalogue: object
    reader: object
    dossier: object


def values(page, view, catalogue, reader, say):
    """The words of an answer's value, where they link to its claim."""
    case = Words(catalogue, reader, page.dossier)
    for link in page.main.xpath(".//a[contains(@class, 'claim-link') and (contains(@class, 'num') or contains(@class, 'value'))]"):
        kind, ident = page.target(link)
        claim = page.dossier.claims.get(ident)
        question = page.record if page.kind == "questions" else next(iter(question_before(page, link)), None)
        answer = next((a for a in claim.answers if a.question is question), None) if claim and question else None
        if answer:
            say("value", words(link), answers.reads_as(case, words(link), answer))


    for group in page.main.xpath(".//*[contains(concat(' ', @class, ' '), ' answer ') and h3[contains(@class, 'value')]]"):
        question = page.record if page.kind == "questions" else None
        text = plain(group.xpath("h3")[0].text or "")
        for claim in page.links(group, "claims") if question else []:
            answer = next((a for a in claim.answers if a.question is question), None)
            if answer:
                say("value.group", text, answers.reads_as(case, text, answer))
    for line in page.main.xpath(".//*[contains(@class, 'tally')]/li"):
        question = (question_before(page, line) or [None])[0]
        value = line.xpath("*[contains(@class, 'value')]")
        if value and catalogue.find(words(value[0]), ("tally.more",)):
            continue
        if question and value:
            say("value.tally", words(line), tally(case, view, question, words(value[0]), words(line)))


def tally(case, view, question, value, line):
    """A line "value, who": somebody gives that answer, and its place stands with it."""
    if view.obscure(question):
        return None
    same = [a for a in view.answers(question) if answers.reads_as(case, value, a) is True]
    if not same and None in (answers.reads_as(case, value, a) for a in view.answers(question)):
        return None
    if not same:
        return f"nobody answers so to {question.id}" if question.values != "date" or case.reader.read(value) else None
    places = {plain(question.dossier.places[a.place].label) for a in same if a.place}
    if all(a.place for a in same) and not any(p in line for p in places):
        return f"it is about {' or '.join(sorted(places))} alone, and nothing here says so"
    return True


def notes(page, view, catalogue, reader, say):
    """A note of a claim begins with those who speak, and says when they did."""
    for note in page.main.xpath(".//li[starts-with(@id, 'note-')]"):
        claims = page.links(note, "claims")
        texts = note.xpath(".//*[contains(@class, 'note-text')]")
        if len(claims) != 1 or not texts:
            continue
        claim, text = claims[0], words(texts[0])
        for actor in [] if view.silent(claim) else claim.by:
            name = plain(page.dossier.actors[actor].label)
            say("note.speaker", text[:80], True if name in text else f"{claim.id} is by {actor}")
        said = next((r for d in dates_in(text, catalogue) if (r := reader.read(d))), None)
        if said:
            dates = [(claim.on, False)] if claim.on else [(claim.read_on, False)] if claim.read_on and view.of_text(claim) else []
            faults = [w for s in said for date, period in dates if (w := when.mismatch(date, period, s)) is not None]
            fine = "" in faults
            say("note.when", text[:100], True if fine else faults[0] if faults else f"{claim.id} was said {claim.on.text if claim.on else 'on a day that is not given'}")


def dates_in(text, catalogue):
    """The date in a note: after what the speaker does ("estimates, on 3 May: …"), without that it was inferred."""
    for verb in {plain(t) for k, texts in catalogue.texts.items() for t in texts if k.startswith("modality.")}:
        for match in re.finditer(rf"\b{re.escape(verb)},? (.+?)(?:\)?:(?= )|\) ?:)", text):
            date = match[1]
            for key in ("note.inferred", "note.inferred_inside"):
                end = catalogue[key].split("{date}")[-1]
                date = date.removesuffix(end) if end else date
            yield date


def question_before(page, element):
    for holder in element.iterancestors():
        if found := page.links(holder, "questions"):
            return found if len(found) == 1 else []
        if holder is page.main:
            break
    return []


# Events

def neighbours(page, view, catalogue, reader, say):
    event = page.record
    if event is None or event.date is None:
        return
    for link in page.main.xpath(".//a[@rel='prev' or @rel='next'] | .//*[@data-says='event.before' or @data-says='event.after']//a"):
        kind, ident = page.target(link)
        other = page.dossier.events.get(ident)
        if not other:
            continue
        first = link.get("rel") == "prev"
        early, late = (other, event) if first else (event, other)
        sure = early.date.days.before(late.date.days)
        if page.holder(link, "around", "nav") is None:
            continue
        say("event.before" if first else "event.after", words(link), True if sure else f"{early.id} ({early.date.text}) is not surely before {late.id} ({late.date.text})")


    for entry in page.main.xpath(".//*[@data-order='unknown']//*[@data-event]"):
        other = page.dossier.events.get(entry.get("data-event"))
        sure = other and (other.date.days.before(event.date.days) or event.date.days.before(other.date.days))
        say("event.unordered", entry.get("data-event"), f"{other.id} ({other.date.text}) and {event.id} ({event.date.text}) are in a sure order" if sure else True)


# The state of knowledge on a day

def known(page, view, catalogue, reader, say):
    if view.day is None:
        return
    news(page, view, say)
    shown = set()
    for row in page.main.xpath(".//li[@data-answer]"):
        claims, holder = page.links(row, "claims"), page.holder(row, "section")
        questions = page.links(holder, "questions") if holder is not None else []
        if not claims or len(questions) != 1:
            continue
        answer = next((a for a in claims[0].answers if a.question is questions[0]), None)
        if answer is None:
            continue
        shown.add(answer)
        say("asof.answer", f"{answer!r}", True if view.known(answer.claim) else f"that it had been said by then is not sure: {answer.claim.said and answer.claim.said.text}")
        if answer.place:
            name = plain(page.dossier.places[answer.place].label)
            say("asof.place", f"{answer!r}", True if name in words(row) or name in heading(row) else f"it is about {name} alone, and nothing here says so")
        if view.stance(answer) == "forecast":
            modal = [plain(t) for k in ("modality.forecasts.noun", "state.forecast") for t in catalogue.texts.get(k, [])]
            say("asof.forecast", f"{answer!r}", True if any(m in words(row) for m in modal) else "it is a forecast, and nothing here says so")
    if len([p for p in page.path.split("/") if p]) == 3:
        missing = [a for a in page.dossier.answers if view.known(a.claim) and a not in shown]
        parts = page.main.xpath(".//*[contains(@class, 'turn')]//span")
        if not parts:
            say("asof.all", "all that had been answered by then", True if not missing else f"{missing[0]!r} had been given")


def news(page, view, say):
    """What had been said by this day, and not by that of the page before."""
    turn = page.main.xpath(".//nav//a[@rel='prev']")
    before = next((p for p in page.site.parts(page, turn[0]) if p[:1].isdigit()), None) if turn else None
    if before is None:
        return
    earlier = View(page.dossier, parse_date(before).days.last)
    shown = set()
    for line in page.main.xpath(".//li[@data-new]"):
        claim = page.dossier.claims[line.get("data-new")]
        shown.add(claim.id)
        say("asof.new", claim.id, True if view.known(claim) and not earlier.known(claim) else f"{claim.id} was said {claim.said and claim.said.text}")
    for line in page.main.xpath(".//section[@aria-labelledby='news']//li[@data-claim]"):
        claim = page.dossier.claims[line.get("data-claim")]
        if not (view.unsure(claim) or earlier.unsure(claim)):
            say("asof.lapsed", claim.id, True if view.lapses(claim) and not earlier.lapses(claim) else f"{claim.id} lapsed at another time, or stands")
    if page.main.xpath(".//section[@aria-labelledby='news']") and not page.main.xpath(".//section[@aria-labelledby='news']//ul//p[contains(@class, 'hint')]"):
        missing = sorted({a.claim.id for a in page.dossier.answers if view.known(a.claim) and not earlier.known(a.claim)} - shown)
        say("asof.news", page.path, True if not missing else f"{missing[0]} is new, and not named")


def heading(row) -> str:
    """What stands above a list: of all its rows."""
    above = row.getparent().getprevious()
    return words(above) if above is not None and above.tag == "p" else ""


# Timelines

def periods(page, view, catalogue, reader, say):
    """What stands under a month or year was surely then, as far as its date tells."""
    for section in page.main.xpath(".//section[h2]"):
        head = section.xpath("h2")[0]
        if head.xpath(".//a"):
            continue
        for found in catalogue.find(words(head), ("timeline.before",)):
            before(page, section, reader.read(found.values["by"][:1].lower() + found.values["by"][1:]), say)
        readings = [s for s in reader.read(words(head)) if s.sense == "within" and s.days]
        if not readings:
            continue
        for row in section.xpath(".//li"):
            for record, date in [(r, r.date) for r in page.links(row, "events")[:1]] + [(r, r.said) for r in page.links(row, "claims")[:1]]:
                if date is None:
                    say("timeline.period", record.id, f"it has no date, and stands under {words(head)}")
                elif date.days.first == PAST or not any(date.days.meets(s.days) for s in readings):
                    say("timeline.period", record.id, f"{date.text} is not surely in {words(head)}")
                else:
                    say("timeline.period", record.id, True)


def before(page, section, readings, say):
    """What stands under "by then, date unknown" is open towards the past, and no later."""
    limits = [s.days.last for s in readings if s.days]
    for row in section.xpath(".//li"):
        for record, date in [(r, r.date) for r in page.links(row, "events")[:1]] + [(r, r.said) for r in page.links(row, "claims")[:1]]:
            fine = date and date.days.first == PAST and (not limits or date.days.last in limits)
            say("timeline.before", record.id, True if fine else f"{record.id} is of {date.text if date else 'no date'}")


def site(site, pages, view, report):
    """Each view of the timeline has every event and claim that has a date; there is one answer to who speaks."""
    views = {}
    for page in pages:
        if page.kind == "timeline":
            name = page.id if page.id and not page.id.isdigit() else "time"
            views.setdefault(name, []).append(page)
    claims = set(site.dossier.claims.values())
    for name, its in views.items():
        shown = {c for p in its for c in p.links(p.main, "claims")}
        wanted = {"time": claims, "actors": {c for c in claims if view.voice(c)}}.get(name)
        if wanted is not None:
            missing = sorted(c.id for c in wanted - shown)
            report.say(its[0].path, "timeline.all", f"the timeline by {name}", True if not missing else f"{len(missing)} claims are missing: {', '.join(missing[:4])}")


# The home page

def home(page, view, catalogue, reader, say):
    """Under each state stand the questions that the captions beside it speak of."""
    for section in page.main.xpath(".//section[.//h2]"):
        keys = set(catalogue.keys(" ".join(words(h) for h in section.xpath(".//h2")).rstrip(" 0123456789")))
        hints = [f.key for p in section.xpath(".//p") for f in catalogue.find(words(p), ("home.",))]
        for question in page.links(section, "questions"):
            for key in hints:
                if key in CAPTIONS:
                    say(key, f"{question.id}", CAPTIONS[key](view, question))
            if "home.settled" in keys:
                say("home.settled", question.id, True if question.judged == "settled" else "no editor calls it settled")


def excluded(view, question):
    if view.obscure(question):
        return None
    return True if view.disputed(question) or question.judged == "disputed" else "no two comparable answers exclude each other, and no editor calls it disputed"


def insufficient(view, question):
    if question.judged == "open":
        return True
    return True if not view.answers(question) else f"nobody judged that; {len(view.answers(question))} answers are given"


CAPTIONS = {
    "home.settled_hint": lambda view, question: True if question.judged == "settled" else "no editor said so",
    "home.disputed_hint": excluded,
    "home.open_hint": insufficient,
    "home.unjudged_hint": lambda view, question: "an editor judged it" if question.judged else "two comparable answers exclude each other" if view.disputed(question) else True,
}


# Tables of all records

def cells(page, view, catalogue, say):
    """Numbers in the tables of all records, each under its heading."""
    dossier = page.dossier
    claims = dossier.claims.values()
    truths = {
        ("actors", "table.said"): lambda r: [sum(r.id in view.voice(c) for c in claims)],
        ("actors", "table.about"): lambda r: [sum(view.told_of(r.id, c) for c in claims), sum(view.told_of(r.id, c) and r.id not in view.voice(c) for c in claims)],
        ("events", "table.about"): lambda r: [sum(r.id in c.about for c in claims)],
        ("places", "table.about"): lambda r: [sum(r.id in c.about for c in claims)],
        ("sources", "table.claims"): lambda r: [sum(r in c.sources for c in claims)],
        ("questions", "table.answers"): lambda r: [len(r.answers), sum(view.states(a) == {"current"} for a in r.answers)],
        ("claims", "table.origins"): lambda r: [len(view.origins(r))],
    }
    for cell in page.main.xpath(".//tr/td[@data-label]"):
        found = page.links(cell.getparent(), page.kind) if page.kind in ("actors", "events", "places", "sources", "questions", "claims") else []
        for key in catalogue.keys(cell.get("data-label")):
            number = catalogue.number(cell.text_content())
            if found and (page.kind, key) in truths and number is not None:
                say(f"{page.kind}.{key}", f"{found[0].id}: {number}", equals(number, *truths[page.kind, key](found[0])))
