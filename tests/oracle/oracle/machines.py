"""What a site says to machines beside its exports: JSON-LD on its pages, the feed of changes, the entries of its search."""

import json
import re
from xml.etree import ElementTree

from .catalogue import plain

ATOM = "{http://www.w3.org/2005/Atom}"


def machines(folder, pages, dossier, view, catalogue, report):
    for page in pages:
        if page.kind in ("claims", "questions", "sources") and page.record:
            for text in page.root.xpath("//script[@type='application/ld+json']/text()"):
                say = lambda key, said, verdict, path=page.path: report.say(path, key, said, verdict)
                JUDGES[page.kind](json.loads(text), page.record, view, catalogue, say)
    feed(folder, dossier, catalogue, report)
    search(folder, dossier, view, catalogue, report)


def claim(told, claim, view, catalogue, say):
    """Whose claim it is, and since when; that it no longer stands, if so. A text that only reports dates nothing."""
    status = told.get("creativeWorkStatus", "")
    wanted = {plain(catalogue[f"state.{how}"]) for how in view.lapses(claim)}
    say("jsonld.status", f"{claim.id} {status or 'stands'}", True if (plain(status) in wanted if wanted else not status) else f"it is {' or '.join(sorted(wanted)) or 'standing'}")
    if "dateCreated" in told:
        say("jsonld.date", f"{claim.id} created {told['dateCreated']}", True if claim.on and claim.on.text.startswith(told["dateCreated"][:4]) else "when it was said is not given")
    author(told, claim, view, say)


def author(told, claim, view, say):
    names = {plain(a["name"]) for a in told.get("author", []) if a.get("@id")}
    spoken = {plain(view.dossier.actors[a].label) for a in view.voice(claim)}
    if view.of_text(claim):
        # A text that nobody answers for speaks under its title.
        spoken |= {plain(s.label) for s in claim.sources if not s.voices}
    say("jsonld.author", f"{claim.id} by {', '.join(sorted(names))}", True if names == spoken else f"the sheets say {', '.join(sorted(spoken)) or 'nobody'}")


def question(told, question, view, catalogue, say):
    if "answerCount" in told:
        say("jsonld.answers", f"{question.id}: {told['answerCount']}", True if told["answerCount"] == len(question.answers) else f"the sheets have {len(question.answers)}")
    # Only what is held is suggested as an answer, each by its speaker.
    suggested = told.get("suggestedAnswer", [])
    held = [a for a in question.answers if view.states(a) == {"current"}]
    say("jsonld.suggested", f"{question.id}: {len(suggested)}", True if len(suggested) == min(len(held), 60) else f"{len(held)} answers are current")
    for one in suggested:
        claim = view.dossier.claims.get([p for p in one["url"].split("/") if p not in ("", "index.html")][-1])
        answer = next((a for a in held if a.claim is claim), None)
        say("jsonld.suggested", f"{question.id}: {one['text']}", True if answer else f"{one['url']} gives no answer that is current")
        if answer:
            author(one, claim, view, say)
            named = [kind.get(ident).label for kind, ident in ((view.dossier.places, answer.place), (view.dossier.actors, answer.part("group"))) if ident]
            alike = [a for a in held if a.claim is claim]
            say("jsonld.scope", f"{question.id}: {one['text']}", True if len(alike) > 1 or all(plain(n) in plain(one["text"]) for n in named) else f"it is about {', '.join(named)} alone")


def source(told, source, view, catalogue, say):
    status = told.get("creativeWorkStatus", "")
    truth = source.standing
    wanted = plain(catalogue[f"unsound.{truth}.mark"]) if truth != "current" else ""
    say("jsonld.status", f"{source.id} {status or 'stands'}", True if plain(status) == wanted else f"it is {truth}")


JUDGES = {"claims": claim, "questions": question, "sources": source}


def feed(folder, dossier, catalogue, report):
    """An entry of the feed of changes tells of a status that the sheets have."""
    path = folder / "changes.xml"
    if not path.exists():
        return
    for entry in ElementTree.parse(path).getroot().iter(f"{ATOM}entry"):
        ident, title = entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title")
        match = re.search(r"/([^/]+)/#(corrected|withdrawn|text_corrected|text_retracted)-", ident)
        if not match:
            continue
        record, told = dossier.record(match[1]), match[2].removeprefix("text_")
        named = any(f.key.startswith(f"change.{match[2]}") for f in catalogue.find(title))
        truth = record and record.standing == told and named
        report.say("changes.xml", "feed.change", title, True if truth else f"the sheets say {record.standing if record else 'nothing of it'}")


def search(folder, dossier, view, catalogue, report):
    """A claim that no longer stands says so among what the search finds."""
    for path in sorted((folder / "assets/search").glob("labels-*.js")) if (folder / "assets/search").exists() else []:
        text = path.read_text(encoding="utf-8")
        labels = json.loads(text[text.index("["):text.rindex("]") + 1])
        for ident, label, detail in zip(labels[::3], labels[1::3], labels[2::3]):
            claim = dossier.claims.get(ident)
            if claim is None or dossier.record(ident) is not claim:
                continue
            words = {plain(catalogue[f"state.{how}"]): how for how in ("superseded", "corrected", "withdrawn", "retracted")}
            told = {how for word, how in words.items() if re.search(rf"[\[(·,] ?{re.escape(word)}|^{re.escape(word)}", plain(f"{label} · {detail}"))}
            lapses = view.lapses(claim)
            # That a text it is found in was retracted is said also where another bears it out: then it still stands.
            allowed = lapses | ({"retracted"} if any(view.standing(s) == "retracted" for s in claim.sources) else set())
            good = told <= allowed and bool(told or not lapses)
            report.say(path.name, "search.lapse", f"{label}: {detail}", True if good else f"{ident} is {' and '.join(sorted(lapses)) or 'current'}")
