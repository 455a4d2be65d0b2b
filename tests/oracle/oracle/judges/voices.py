"""Whose words: origins, speakers, the text itself, silence; direct and indirect speech."""

from . import SKIP, equals, judge
from .marks import state_of
from ..catalogue import plain
from ..sheets import many


# Origins

@judge("origins.count", "origins.named", "origins.unknown", "origins.sources", "origins.none_given", "origins.rest_unknown")
def origins(case):
    """Of the claims that stand in the same row, card or group: origins, and those of whom none is known."""
    claims = told(case)
    if not claims:
        return None
    known = set().union(*(case.view.origins(c) for c in claims))
    if case.key == "origins.rest_unknown":
        return True if any(not case.view.origins(c) for c in claims) else "of all of them an origin is known"
    if case.key in ("origins.unknown", "origins.none_given"):
        return True if not known else f"it is {', '.join(sorted(known))}"
    if case.key == "origins.sources":
        return equals(case.number(), len({s for c in claims for s in c.sources}))
    number = case.number() if case.values.get("n") else first_number(case)
    return equals(number, len(known))


def first_number(case):
    found = case.catalogue.find(case.values.get("count", ""), ("origins.count",))
    return case.catalogue.number(found[0].values["n"]) if found else None


def told(case) -> list:
    """The claims that a count beside them is about."""
    card = case.page.holder(case.element, "claim")
    if card is None:
        card = case.page.holder(case.element, "answer", "tr")
    if card is not None:
        return case.page.links(card, "claims")
    if case.page.kind == "claims" and case.page.record:
        return [case.page.record]
    if case.page.kind == "questions" and case.page.record and case.page.holder(case.element, "facts") is not None:
        return list(dict.fromkeys(a.claim for a in case.page.record.answers))
    return []


@judge("source.own")
def own(case):
    """So many claims are the text's own."""
    source = case.page.record
    if source is None or case.page.kind != "sources":
        return None
    return equals(case.number() or 1, sum(case.view.of_text(c) for c in of_source(case, source)))


@judge("source.own_unknown")
def own_unknown(case):
    source = case.page.record
    if source is None:
        return None
    return True if not case.view.ends(source) else f"it is based on {', '.join(sorted(case.view.ends(source)))}"


@judge("source.reported")
def reported(case):
    """So many claims it reports of others, of each so many."""
    source = case.page.record
    if source is None or case.page.kind != "sources":
        return None
    claims = [c for c in of_source(case, source) if not case.view.of_text(c)]
    rows = case.page.main.xpath(".//*[@data-origin][@data-count]")
    if left := {a for c in claims for a in c.by} - {row.get("data-origin") for row in rows}:
        return f"it reports {', '.join(sorted(left))} too"
    for row in rows:
        truth = sum(row.get("data-origin") in c.by for c in claims)
        if int(row.get("data-count")) != truth:
            return f"of {row.get('data-origin')} it reports {truth}"
    return equals(case.number() or 1, len(claims))


def of_source(case, source):
    return [c for c in case.dossier.claims.values() if source in c.sources]


@judge("source.no_claims")
def no_claims(case):
    source = case.page.record
    return equals(len(of_source(case, source)), 0) if source else None


@judge("source.verified")
def verified(case):
    source = case.page.record
    if source is None or case.page.kind != "sources":
        return None
    quotes = [e for c in of_source(case, source) for e in c.evidence if e["source"] == source.id and e.get("quote")]
    if not quotes:
        return "nothing is quoted from it"
    good = sum(state_of(case.dossier, e) == {"verbatim"} for e in quotes)
    wrong = [equals(case.number(), len(quotes)), equals(case.number("verbatim"), good)]
    return next((w for w in wrong if w is not True), True)

# Who speaks

@judge("speaker.silence", "speaker.unsaid", "note.silence", "note.unsaid")
def silence(case):
    """Those named said nothing."""
    claim = case.claim()
    if claim is None:
        return SKIP
    return True if case.view.silent(claim) else f"{', '.join(claim.by) or 'nobody'} speaks in {claim.id}"


@judge(*(f"{place}.{form}{how}" for form in ("itself", "several", "author", "authors") for place, how in (("note", ""), ("note", "_as"), ("speaker", ""))))
def speaker(case):
    """Who speaks, in a note or a card: the speakers of the claim, or the text where it has none."""
    claim = case.claim()
    if claim is None:
        return SKIP
    if case.view.of_text(claim):
        said, truth = case.key.split(".")[1].removesuffix("_as"), spoken_in(case.dossier, claim)
        return True if said == truth else f"{claim.id} is said by {truth}, not {said}"
    if case.key.startswith(("note.", "speaker.")):
        return f"{claim.id} is by {', '.join(claim.by)}"
    told_of = plain(case.values["speaker"])
    missing = [a for a in claim.by if plain(case.dossier.actors[a].label) not in plain(case.text)]
    return True if claim.by and not missing else f"{claim.id} is by {', '.join(claim.by) or 'the text itself'}, not {told_of}"


def spoken_in(dossier, claim) -> str:
    """In whose name a text speaks: that of one outlet or body (`itself`), of several, of one author who is a person, of several."""
    voices, people = [], []
    for source in claim.sources:
        for one in source.voices or [source.id]:
            if one not in voices:
                actor = dossier.actors.get(one) if isinstance(one, str) else None
                voices.append(one)
                people.append(actor.raw.get("type", "person") == "person" if actor else one in many(source.raw.get("author")))
    return ("author" if len(voices) == 1 else "authors") if all(people) else "itself" if len(voices) == 1 else "several"


@judge("modality")
def modality(case):
    claim = case.claim()
    if claim is None:
        return SKIP
    said = case.key.split(".")[1]
    held = {claim.modality} | {a.modality for a in claim.answers} | ({"declines-to-confirm"} if case.view.silent(claim) else set())
    return True if said in held else f"{claim.id} {claim.modality}"

# Of what is set without quotation marks whoever speaks: a transcript.
SPOKEN = {"broadcast", "hearing", "interview", "motion_picture", "performance", "personal_communication", "song", "speech"}
MARKS = "«»‹›“”„\"「」『』"


@judge("speech")
def speech(case):
    """Whose words a quote is: as the sheet says, else as far as it tells."""
    claim, holder = case.claim(), case.page.holder(case.element, "evidence", "note-text")
    if claim is None or holder is None:
        return None
    said = case.key.split(".")[1]
    linked = case.page.links(holder, "sources")
    told = [e for e in claim.evidence if not linked or e["source"] in {s.id for s in linked}]
    may = set().union(*(speech_of(case.dossier, claim, e) for e in told)) if told else set()
    return True if said in may else f"the sheet says {' or '.join(sorted(may))}"


def speech_of(dossier, claim, evidence) -> set:
    """What may be said of whose words a quote is: what is written; silence of who does not confirm; the speaker's own where the
    text is; else what the quotation marks of the text tell; else nothing."""
    if not claim.by:
        return {"own", "unknown"}
    if evidence.get("speech"):
        return {evidence["speech"]}
    if claim.modality == "declines-to-confirm":
        return {"silence"}
    source = dossier.sources[evidence["source"]]
    authors = many(source.raw.get("author"))
    if all(actor in (authors or [source.raw.get("publisher")]) for actor in claim.by):
        return {"direct"}
    if not evidence.get("quote"):
        return {"unknown"}
    spoken = source.raw.get("type", "document") in SPOKEN
    found = marks_in(dossier, source, evidence["quote"]) if source.raw.get("text") else dossier.marked(source.id, evidence.get("locator"))
    return {"unknown" if f == "indirect" and spoken else f for f in found} or {"unknown"}


def marks_in(dossier, source, quote) -> set:
    """In a published text: no mark in the paragraph, and the words are the text's; else it depends on which stand where."""
    whole = (dossier.root / source.raw["text"]["file"]).read_text(encoding="utf-8")
    parts = [plain(p).strip('" ') for p in quote.split("[…]")]
    around = [p for p in whole.split("\n\n") if any(part in plain(p) for part in parts)]
    return {"indirect"} if not any(c in MARKS for p in around for c in p) else {"direct", "mixed", "indirect", "unknown"}
