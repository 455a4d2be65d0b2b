"""What follows from the sheets, as docs/comparing.md and docs/sentences.md define it, today or as it stood on a day.

Everything is worked out anew from the records: nothing is asked of the program.
"""

from copy import copy
from functools import cache

from .comparing import Verdict, compare
from .sheets import Answer, Claim, Dossier, many
from .sums import sets

COMPARED = ("agrees", "shares", "differs", "impossible")


class View:
    """The dossier as it stood on a day (all of it, without one). A claim had been said by a day if the last day on which
    it may have been said is no later; where only the first is, nobody can tell."""

    def __init__(self, dossier: Dossier, day=None):
        self.dossier, self.day = dossier, day

    # Who had spoken

    def by_then(self, date) -> bool:
        return self.day is None or bool(date) and date.days.last <= self.day

    def known(self, claim: Claim) -> bool:
        return self.by_then(claim.said)

    def perhaps_known(self, claim: Claim) -> bool:
        """It may have been said by then: true as well where it surely had."""
        return self.day is None or not claim.said or claim.said.days.first <= self.day

    # What still stands

    @cache
    def replaced_by(self, claim: Claim) -> frozenset:
        """Every claim that replaces it, through chains."""
        found, new = set(), {claim}
        while new:
            new = {c for c in self.dossier.claims.values() if self.known(c) and any(n.id in c.supersedes for n in new)} - found
            found |= new
        return frozenset(found - {claim})

    @cache
    def lapses(self, claim: Claim) -> frozenset:
        """Why it no longer stands: `superseded`, `corrected`, `withdrawn`, or `retracted` with every text that it is found in.
        A correction without a date counts for every day."""
        found = {"superseded"} if self.replaced_by(claim) else set()
        if claim.standing != "current" and (claim.lapsed_on is None or self.by_then(claim.lapsed_on)):
            found.add(claim.standing)
        if claim.sources and all(self.standing(s) == "retracted" for s in claim.sources):
            found.add("retracted")
        return frozenset(found)

    def standing(self, source) -> str:
        """What had become of a text: `current`, `corrected`, `retracted`."""
        return source.standing if source.lapsed_on is None or self.by_then(source.lapsed_on) else "current"

    def stands(self, claim: Claim) -> bool:
        return not self.lapses(claim)

    def unsure(self, claim: Claim) -> bool:
        """Whether it still stood on the day cannot be told: its correction bears no date, or only a vague one, or a
        replacement may or may not have been said."""
        if self.day is None:
            return False
        vague = any(r.standing != "current" and (r.lapsed_on is None or r.lapsed_on.days.first <= self.day < r.lapsed_on.days.last)
                    for r in (claim, *claim.sources))
        later = any(self.perhaps_known(c) and not self.known(c) for c in View(self.dossier).replaced_by(claim))
        return vague or later

    # How an answer is held

    def stance(self, answer: Answer) -> str:
        """`silence`: holds nothing. `denial`: what its speaker rejects; of a choice, and in words,
        who denies answers with the negative. `forecast`, `held`."""
        if answer.modality == "declines-to-confirm" or self.silent(answer.claim):
            return "silence"
        if answer.modality == "denies" and answer.question.values not in ("choice", "choices", "text"):
            return "denial"
        return "forecast" if answer.modality == "forecasts" else "held"

    @cache
    def as_then(self, answer: Answer) -> Answer:
        """An answer as it could be read on the day: money is converted once the text that gives the rate had surely been
        published."""
        rate = (answer.question.raw.get("rates") or {}).get(getattr(answer.value, "unit", None))
        source = self.dossier.sources.get(rate["source"]) if rate else None
        if source is None or self.by_then(source.published):
            return answer
        plain = copy(answer)
        plain.__dict__["converted"] = None
        return plain

    def states(self, answer: Answer) -> frozenset:
        """All that keeps an answer from being a current one, or `current`."""
        stance = self.stance(answer)
        return self.lapses(answer.claim) | ({stance} - {"held"}) or frozenset({"current"})

    def answers(self, question) -> list:
        return [a for a in question.answers if self.known(a.claim)]

    # Two answers

    @cache
    def verdict(self, a: Answer, b: Answer) -> Verdict:
        lapsed = tuple(i for i, x in enumerate((a, b)) if self.lapses(x.claim))
        if lapsed:
            return Verdict("superseded", "lapse", lapsed)
        truth = compare(self, a, b)
        if truth.kind in ("differs", "untold"):
            return truth
        both = [s for s in self.sets(a.question) if {a, b} <= s.members]
        if not both:
            return truth
        return Verdict("impossible", "alone" if any(len(s.members) == 2 for s in both) else "with-others")

    @cache
    def sets(self, question) -> list:
        """The smallest sets of answers that cannot all be true."""
        return sets(self, question)

    def differing(self, answer: Answer) -> list:
        """The answers that cannot be true where it is: they share no value, or the two alone cannot both hold."""
        if not self.known(answer.claim):
            return []
        return [b for b in self.answers(answer.question) if b is not answer and (v := self.verdict(answer, b)) and (v.kind == "differs" or v.reason == "alone")]

    def at_odds(self, answer: Answer) -> set:
        """The same, with all that cannot be true together with it."""
        return {*self.differing(answer), *(b for s in self.sets(answer.question) if answer in s.members for b in s.members if b is not answer)}

    def disputed(self, question) -> bool:
        """Whether two answers exclude each other, or some cannot all be true."""
        return bool(self.sets(question)) or any(self.differing(a) for a in self.answers(question))

    @staticmethod
    def obscure(question) -> bool:
        """Whether this oracle cannot read some answer to a question."""
        return any(a.value is None for a in question.answers)

    def untold(self, claim: Claim) -> bool:
        """Whether it answers something of which this oracle cannot tell how its answers compare."""
        return any(self.verdict(a, b).kind == "untold" for a in claim.answers for b in a.question.answers if a is not b)

    @cache
    def contesting(self, claim: Claim) -> frozenset:
        """The claims that contest it: by an answer that differs, or because a writer sets the two against each other."""
        if not self.known(claim):
            return frozenset()
        found = {b.claim for a in claim.answers for b in self.at_odds(a)}
        for other in self.dossier.claims.values():
            tied = other.id in claim.contradicts or claim.id in other.contradicts
            if tied and self.known(other) and self.stands(other) and self.stands(claim):
                found.add(other)
        return frozenset(found - {claim})

    # Whose words

    @cache
    def origins(self, claim: Claim) -> frozenset:
        """Ids of the actors and sources with whom it begins; empty where that is not known."""
        if not self.of_text(claim):
            return frozenset(self.body(a) for a in claim.by)
        return frozenset(self.body(o) for s in claim.sources for o in self.ends(s))

    @staticmethod
    def silent(claim: Claim) -> bool:
        """Those named as speakers said nothing: it is the text's word that they did not."""
        silence = "silence" if claim.modality == "declines-to-confirm" else None
        return bool(claim.by) and all(e.get("speech", silence) == "silence" for e in claim.evidence)

    @classmethod
    def of_text(cls, claim: Claim) -> bool:
        """The text speaks in its own name: nobody else is named, or those named said nothing."""
        return not claim.by or cls.silent(claim)

    @classmethod
    def dated_by_text(cls, claim: Claim) -> bool:
        """What it says was said when the text was published: the text speaks, or its speakers wrote it themselves."""
        def own(source):
            authors = many(source.raw.get("author"))
            return all(a in (authors or [source.raw.get("publisher")]) for a in claim.by)
        return cls.of_text(claim) or bool(claim.sources) and all(own(s) for s in claim.sources)

    def body(self, ident: str) -> str:
        """Who an actor speaks for, to the end."""
        seen = set()
        while ident in self.dossier.actors and ident not in seen:
            seen.add(ident)
            ident = self.next_body(ident)
        return ident

    def next_body(self, ident: str) -> str:
        """Who an actor speaks for, by one step: the body that it names, else the one it is part of, where that has one voice."""
        actor = self.dossier.actors[ident].raw
        whole = self.dossier.actors.get(actor.get("part_of"))
        shared = whole is not None and str(whole.raw.get("one_voice")).lower() == "true"
        return actor.get("speaks_for") or (whole.id if shared else ident)

    def ends(self, source, seen=()) -> set:
        """What a source is based on, followed to the end."""
        found = set()
        for ident in source.based_on:
            other = self.dossier.sources.get(ident)
            if other is not None and other.based_on and other not in seen:
                found |= self.ends(other, (*seen, source))
            else:
                found.add(ident)
        return found

    @classmethod
    def voice(cls, claim: Claim) -> set:
        """The actors who speak: the speakers, else those who answer for the texts that speak in their own name."""
        return {a for s in claim.sources for a in s.answers_for} if cls.of_text(claim) else set(claim.by)

    @classmethod
    def told_of(cls, actor: str, claim: Claim) -> bool:
        """Whether a claim is about an actor, or says that they said nothing."""
        return actor in claim.about or cls.silent(claim) and actor in claim.by
