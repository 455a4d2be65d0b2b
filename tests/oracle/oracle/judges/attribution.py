"""The attribution of a note or of a claim's page: each quote with whose words it is, the text in which it stands, when that was
published, by whom, and through whom."""

import re

from . import SKIP, judge
from .voices import speech_of
from .when import dates, mismatch
from ..catalogue import plain
from ..sheets import date as read_date, many


@judge("provenance.found", "note.found", "note.via")
def whole(case):
    """Notes and provenances are judged as a whole, by `attribution`; what else begins so a writer wrote."""
    return SKIP


def attribution(case):
    """What a note says of a claim, or its page of where it comes from; `None` where no text is linked in it."""
    holder = case.element
    note = case.page.holder(holder, "li")
    cited = case.page.links(note, "claims") if note is not None else [case.page.record]
    claim = cited[0] if len(cited) == 1 else None
    parts = list(segments(case.page, holder))
    if claim is None or not parts:
        return None
    parts, faults = became(case, claim, parts)
    faults += [f for source, before, behind in parts for f in (whose(case, claim, source, before), dated(case, claim, source, behind)) if f is not True]
    faults += [f for f in (named(case, claim, holder),) if f is not True]
    return faults[0] if faults else True


def segments(page, holder):
    """Each text that is linked in it, with the words before (since the one before) and behind (to the next)."""
    runs, words = [], ""
    for kind, value in flow(page, holder):
        if kind == "source":
            runs.append([value, words, ""])
            words = ""
        elif kind == "text":
            words += value
            if runs:
                runs[-1][2] += value
    return [(source, plain(before), plain(behind)) for source, before, behind in runs]


def flow(page, element):
    """The words and the linked sources of an element in order, without quotes and without the links behind."""
    classes = set((element.get("class") or "").split())
    if "quote" in classes or "links" in classes or not isinstance(element.tag, str):
        return
    kind, ident = page.target(element) if element.tag == "a" else (None, None)
    if kind == "sources" and ident in page.dossier.sources:
        yield "source", page.dossier.sources[ident]
    else:
        yield "text", element.text or ""
        for child in element:
            yield from flow(page, child)
            yield "text", child.tail or ""


def became(case, claim, parts):
    """What became of a text stands behind the last; of several it says of which. The parts without it, and what is wrong."""
    rest, faults, names = [], [], iter([*(source for source, _, _ in parts[1:]), None])
    for source, before, behind in parts:
        following = next(names)
        for how in ("corrected", "retracted"):
            for form in ("which_on", "which_plain", "on", "plain"):
                text = case.catalogue[f"unsound.{how}.{form}"]
                pattern = re.escape(text.split("{work}")[0].rstrip()).replace(r"\{date\}", r"(?P<date>.*?\d{4}.*?)")
                if not text or not (found := re.search(pattern, behind)):
                    continue
                told = following if form.startswith("which") else source
                if not form.startswith("which") and len(claim.sources) > 1:
                    faults.append(f"of the texts of {claim.id} it does not say which was {how}")
                elif told is None or case.view.standing(told) != how:
                    faults.append(f"{told and told.id} was not {how}")
                elif (date := found.groupdict().get("date")) and not any(told.lapsed_on and mismatch(told.lapsed_on, False, said) == "" for said in case.reader.read(date)):
                    faults.append(f"{told.id} was {how} {told.lapsed_on and told.lapsed_on.text}")
                behind = behind[:found.start()]
        rest.append((source, before, behind))
    return rest, faults


def whose(case, claim, source, before):
    """Whose words the quote before a text is said to be."""
    told = [e for e in claim.evidence if e["source"] == source.id]
    if not told:
        return f"{claim.id} is not found in {source.id}"
    keys = sorted((k for k in case.catalogue.texts if k.startswith("speech.")), key=lambda k: -len(case.catalogue[k]))
    said = next((k.split(".")[1] for k in keys if re.search(rf"(?:\(|, |^ *){re.escape(case.catalogue[k])}(?:\)|,)", before)), None)
    may = set().union(*(speech_of(case.dossier, claim, e) for e in told))
    return True if said is None or said in may else f"the quote of {claim.id} is {' or '.join(sorted(may))}"


def dated(case, claim, source, behind):
    """Every date behind a text is one of it or of the claim, and inferred only where it is."""
    inferred = {plain(case.catalogue[k].replace("{date}", "")).strip(", ") for k in ("note.inferred", "reference.inferred")}
    known = [(d, period, inf) for record in (source, claim) for d, period, inf in dates(record)]
    places = {plain(e["locator"]) for e in claim.evidence if e.get("locator")}
    months = {plain(case.catalogue[f"date.months.m{n:02}"]) for n in range(1, 13)}
    inside = plain(case.catalogue["note.inferred_inside"]).replace("{date}", "")
    text = behind.replace(inside, f" ({inside.strip(', ')})")
    published = case.catalogue["provenance.published_on"].replace("{date}", "").strip()
    for chunk in re.split(r", |; ", text):
        chunk = chunk.strip(" .,»\"")
        marked = next((m for m in inferred if m in chunk), None)
        bare = plain(chunk.replace(marked, "")) if marked else chunk
        bare = bare.removeprefix(published).strip(" .()")
        if bare in places or not (re.search(r"\d{4}|\d{3}s|\bv\. Chr|BC|J\.-C", bare) or any(m in bare for m in months)):
            continue
        for readings in filter(None, map(case.reader.read, tails(bare))):
            fits = [(d, inf) for d, period, inf in known for said in readings if mismatch(d, period, said) == ""]
            if not fits:
                return f"{source.id} and {claim.id} have no date that is “{bare}”"
            if bool(marked) not in {inf for _, inf in fits}:
                return f"“{bare}” is {'' if fits[0][1] else 'not '}inferred"
            break
    return True


def tails(text):
    """A text, and what is left of it without its first words: a date may stand behind a name."""
    words = text.split(" ")
    return [" ".join(words[n:]) for n in range(len(words)) if n < len(words)]


def named(case, claim, holder):
    """Every actor that is linked has a part in it: speaks, is spoken for, answers for the text, or stands between."""
    actors = case.dossier.actors
    may = {*claim.by, *(actors[a].raw.get(k) for a in claim.by if a in actors for k in ("speaks_for", "part_of"))}
    for evidence in claim.evidence:
        source = case.dossier.sources[evidence["source"]]
        translation = evidence.get("translation")
        may |= {a for a in (*many(source.raw.get("author")), *many(source.raw.get("publisher")), *many(evidence.get("via"))) if isinstance(a, str)}
        may |= set(many(translation.get("by")) if isinstance(translation, dict) else [])
    links = [a for a in holder.iter("a") if case.page.holder(a, "links") is None]
    wrong = [i for kind, i in map(case.page.target, links) if kind == "actors" and i in actors and i not in may]
    return True if not wrong else f"{wrong[0]} has no part in {claim.id}"
