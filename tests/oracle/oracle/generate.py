"""Dossiers by a seed: rich in all that makes a sentence of the program untrue where it forgets its condition.

The same seed gives the same files. A feature of the format that the program does not know (its schema tells) is left out.
"""

import datetime
import random
from pathlib import Path

import yaml

NAMES = ("Alder Bram Corin Dessa Elvin Farah Goran Hedda Ismene Jorn Kaleb Linnea Marek Nadja Orrin Petra Quill Rasmus Sunniva Tibor "
         "Ulrika Viggo Wanda Xenia Yorick Zelda").split()
THINGS = "amber bramble cinder dapple ember fennel gorse heather ivory juniper kestrel lichen marrow nettle osier pewter quince".split()
KINDS = ("quantity", "date", "choice")
RARER = ("quantity", "quantity", "period", "choices", "place", "text")
# Units of a question, each with others that its answers may be in.
UNITS = {"soldiers": (), "pounds": (), "km": ("mi", "m"), "kg": ("t", "lb"), "EUR": ("USD",)}


def write(seed: int, root: Path, features=frozenset(), languages=("en", "fr")):
    """Writes the dossier of a seed into a folder, in each language in turn."""
    Maker(random.Random(seed), root, features, languages).write(seed)


class Maker:
    def __init__(self, chance, root, features, languages):
        self.chance, self.root, self.features, self.languages = chance, root, features, languages
        self.sheet = {kind: {} for kind in ("actors", "places", "events", "sources", "questions", "claims")}
        self.texts = {}
        self.names = chance.sample(NAMES, len(NAMES))
        self.things = chance.sample(THINGS, len(THINGS))

    def odds(self, share):
        return self.chance.random() < share

    def pick(self, kind):
        return self.chance.choice(list(self.sheet[kind]))

    def write(self, seed):
        for make in (self.actors, self.places, self.sources, self.questions, self.claims, self.events):
            make()
        self.more(random.Random(f"more of {seed}"))
        for path, text in self.files(seed):
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    def more(self, chance):
        """What came later, by chances of its own: the dossier of a seed is else what it was."""
        if "one_voice" in self.features and chance.random() < 0.4:
            self.sheet["actors"]["actor-0"]["one_voice"] = True
        for question in self.sheet["questions"].values():
            if question.get("unit") == "EUR" and chance.random() < 0.6:
                question["rates"] = {"USD": {"rate": 0.9, "source": chance.choice(list(self.sheet["sources"]))}}

    def files(self, seed):
        language = self.languages[seed % len(self.languages)]
        stones = sorted({self.day() for _ in range(self.chance.randint(1, 3))})
        site = [f'title = "Dossier {seed}"', f'language = "{language}"']
        site += [f'[[milestones]]\ndate = "{day}"\ntitle = "Day number {n}"' for n, day in enumerate(stones, 1)]
        if seed % 5 == 0:
            site += ["[publish]", "embed = true"]
        yield "site.toml", "\n".join(site) + "\n"
        sheet = {kind: records for kind, records in self.sheet.items() if records}
        yield "content/sheet.yaml", yaml.dump(sheet, allow_unicode=True, sort_keys=False, width=1000)
        cited = "\n\n".join(f"Words about {claim} [@{claim}]." for claim in self.sheet["claims"])
        cards = "\n\n".join(f"![[{ident}]]" for ident in [*self.sheet["questions"], self.pick("claims")])
        yield "content/articles/account.md", f"---\ntitle: An account\n---\n\n{cited}\n\n{cards}\n"
        for name, paragraphs in self.texts.items():
            yield f"texts/{name}.txt", "\n\n".join(paragraphs) + "\n"

    # Dates

    def day(self, low="2023-06-01", span=700):
        return str(datetime.date.fromisoformat(low) + datetime.timedelta(self.chance.randrange(span)))

    def date(self, loose=0.5):
        """A date of any form; the less `loose`, the more often a day."""
        day = self.day()
        if not self.odds(loose):
            return day
        later = str(datetime.date.fromisoformat(day) + datetime.timedelta(self.chance.randint(1, 90)))
        return self.chance.choice([
            day[:7], day[:4], day[:7] + "~", day[:7] + "?", day + "~", day[:4] + "-2" + self.chance.choice("1234"), "202X", day[:4] + "-XX",
            day[:7] + "-XX", f"{day}/{later}", f"{day[:4]}-01/{later[:7]}" if later[5:7] != "01" else later, f"{day}/..", f"{day}/", f"../{day}", f"[{day[:4]}, {later}]",
            f"[..{day[:7]}]", f"[{day}..{later}]", day + "T10:30:00Z",
        ])

    def dated(self, loose):
        date = self.date(loose)
        return {"date": date, "inferred": "from what stands around it"} if self.odds(0.2) else date

    # Records

    def actors(self):
        kinds = ["state", "media", "media", "person", "person", "person", "unnamed", "organization"]
        for n, kind in enumerate(kinds[: self.chance.randint(5, 8)]):
            actor = {"name": self.names.pop(), "type": kind}
            if kind in ("person", "organization", "unnamed") and self.odds(0.6):
                actor["part_of"] = "actor-0"
                if "speaks_for" in self.features and self.odds(0.5):
                    actor["speaks_for"] = "actor-0"
            self.sheet["actors"][f"actor-{n}"] = actor
        for ident, part in (("army", None), ("guards", "army"), ("engineers", "army"), ("scouts", "guards")):
            self.sheet["actors"][ident] = {"name": f"The {ident}", "type": "organization"} | self.within(part)

    def within(self, part) -> dict:
        """Where something lies, and whether its own parts share nothing."""
        return ({"part_of": part} if part else {}) | ({"disjoint_parts": True} if self.odds(0.6) else {})

    def places(self):
        for ident, part in (("wide", None), ("narrow", "wide"), ("other", "wide"), ("deep", "narrow"), ("far", None)):
            self.sheet["places"][ident] = {"name": self.names.pop()} | self.within(part)

    def sources(self):
        for n in range(self.chance.randint(2, 5)):
            source = {"title": f"Paper {self.things.pop()}", "type": "article-newspaper", "language": "en"}
            if self.odds(0.8):
                source["publisher"] = self.chance.choice(["actor-1", "actor-2", "A small press"])
            if self.odds(0.25):
                # Of a book or a speech its author answers, of a newspaper who publishes it.
                source |= {"type": self.chance.choice(["book", "speech", "article-newspaper"]), "author": self.chance.choice([["actor-3"], ["actor-0"], ["A stranger"], ["actor-3", "actor-4"]])}
            if self.odds(0.85):
                source["published"] = self.dated(0.25) if self.odds(0.3) else self.date(0.25)
            if n and self.odds(0.3):
                source["based_on"] = [self.chance.choice(["actor-0", f"source-{self.chance.randrange(n)}"])]
            if self.odds(0.5):
                self.texts[f"source-{n}"] = []
                source["text"] = {"file": f"texts/source-{n}.txt", "rights": "invented"}
            if "source-status" in self.features and self.odds(0.2):
                source["status"] = {"is": self.chance.choice(["corrected", "retracted"]), "on": self.day(), "because": "The paper said so."}
            self.sheet["sources"][f"source-{n}"] = source

    def questions(self):
        for n in range(self.chance.randint(4, 7)):
            kind = KINDS[n] if n < 3 else self.chance.choice(RARER)
            question = {"text": f"What of the {self.things.pop()}?", "kind": kind}
            if kind == "place" and self.odds(0.4):
                question["several"] = True
            if kind in ("choice", "choices"):
                question["options"] = {"yes": "it is so", "no": "it is not so", "third": "neither"}
            if kind == "quantity" and self.odds(0.7):
                question["unit"] = self.chance.choice(list(UNITS))
            if kind == "quantity" and self.odds(0.6):
                question["adds_up"] = True
            if kind == "quantity" and self.odds(0.5):
                question |= {"place": "wide"} if self.odds(0.5) else {"group": "army"}
            if kind == "quantity" and self.odds(0.2):
                question["grows"] = True
            elif self.odds(0.4):
                question["changes"] = True
                if self.odds(0.7):
                    question["window"] = self.chance.choice(["10d", "2m", "1y"])
            if kind in ("quantity", "date") and self.odds(0.4):
                question["tolerance"] = self.chance.choice(["20%", "1_500"] if kind == "quantity" else ["3d", "2m"])
            if self.odds(0.1):
                question["position"] = n
            if self.odds(0.35):
                question["assessment"] = {"status": self.chance.choice(["settled", "disputed", "open"]), "on": self.day()}
            self.sheet["questions"][f"question-{n}"] = question

    def value(self, question):
        kind = question["kind"]
        if kind == "choice":
            return self.chance.choice(["yes", "yes", "no", "third"])
        if kind == "choices":
            return self.chance.choice([["yes"], ["no"], ["yes", "no"], ["third", "no"]])
        if kind == "place":
            return self.pick("places")
        if kind == "text":
            return self.chance.choice(["because of the treaty", "for money", "for want of anything better to do"])
        if kind == "period":
            return self.period()
        if kind == "date":
            return self.date(0.8)
        return self.quantity(question)

    def period(self):
        day = self.day(span=60)
        later = self.day("2023-08-05", 60)
        return self.chance.choice([f"{day}/{later}", f"{day[:7]}/{later[:7]}", f"{day}/..", f"{day}/", day[:7]])

    def quantity(self, question):
        number = self.chance.choice([4000, 6000, 8000, 10000, 10000, 11000, 12000, 15000])
        form = self.chance.choice(["{}", "{}", "{}", "~{}", ">{}", ">={}", "<{}", "<={}", "<={}", "{}..16000", "{} ± 20%", "{} ± 1500", "{}..16000 (15500)", "{}.5"])
        return form.format(number)

    def answer(self, question):
        answer = {"value": self.value(question)}
        parts = question.get("adds_up")
        if self.odds(0.7 if parts else 0.25) and question["kind"] != "place":
            answer["place"] = self.pick("places")
        if question["kind"] == "quantity" and self.odds(0.3 if parts else 0.1):
            answer["group"] = self.chance.choice(["army", "guards", "engineers", "scouts"])
        if (others := UNITS.get(question.get("unit"), ())) and self.odds(0.3):
            answer["unit"] = self.chance.choice(others)
        if self.odds(0.2):
            answer["as_of"] = self.date(0.5)
        if self.odds(0.15):
            answer["modality"] = self.chance.choice(["denies", "forecasts", "declines-to-confirm"])
        return answer if len(answer) > 1 else answer["value"]

    def claims(self):
        asked = list(self.sheet["questions"])
        # One question in some dossiers has a single answer, or none.
        rare = asked[-1]
        for n in range(self.chance.randint(6, 14)):
            claim = {"statement": f"Statement {n} holds of the {self.chance.choice(THINGS)}."}
            speakers = [a for a in self.sheet["actors"] if a.startswith("actor-") and a not in ("actor-1", "actor-2")]
            if self.odds(0.65):
                claim["by"] = self.chance.sample(speakers, 2 if self.odds(0.15) else 1)
            if self.odds(0.6):
                claim["on"] = self.dated(0.3)
            if self.odds(0.15):
                claim["as_of"] = self.dated(0.5)
            if self.odds(0.5):
                claim["modality"] = self.chance.choice(["estimates", "forecasts", "confirms", "denies", "declines-to-confirm"])
            claim["about"] = [self.pick("actors")]
            questions = [q for q in asked if self.odds(0.5 if q != rare else 0.1)]
            if questions:
                claim["answers"] = {q: self.answer(self.sheet["questions"][q]) for q in questions}
            claim["evidence"] = [self.evidence(n, part, claim) for part in range(2 if self.odds(0.15) else 1)]
            self.relate(claim)
            self.sheet["claims"][f"claim-{n}"] = claim

    def evidence(self, number, part, claim):
        source = self.pick("sources")
        quote = f"exact words of claim {number} part {part}"
        evidence = {"source": source, "quote": quote}
        if source in self.texts:
            evidence["locator"] = f"§ {len(self.texts[source]) + 1}"
            self.texts[source].append(f"It was said in {quote}, and that was all.")
        elif self.odds(0.3):
            del evidence["quote"]
        if "speech" in self.features and claim.get("by") and "quote" in evidence and self.odds(0.5):
            evidence["speech"] = self.chance.choice(["direct", "mixed", "indirect", "silence"])
        if self.odds(0.15):
            evidence["via"] = self.chance.choice([["actor-1"], ["actor-2"], ["actor-1", "actor-2"]])
        return evidence

    def relate(self, claim):
        earlier = list(self.sheet["claims"])
        if earlier and self.odds(0.25):
            # Chains are more telling than single corrections.
            claim["supersedes"] = [earlier[-1] if self.odds(0.6) else self.chance.choice(earlier)]
        if earlier and self.odds(0.2):
            other = self.chance.choice(earlier)
            if other not in claim.get("supersedes", []):
                claim["contradicts"] = {other: "One of the two must be mistaken."} if self.odds(0.7) else [other]
        if self.odds(0.15):
            claim["status"] = {"is": self.chance.choice(["corrected", "withdrawn"])}
            if self.odds(0.7):
                claim["status"]["on"] = self.day()

    def events(self):
        for n in range(self.chance.randint(2, 6)):
            event = {"title": f"Affair of the {self.chance.choice(THINGS)} {n}", "date": self.dated(0.6)}
            if self.odds(0.4):
                event["place"] = self.pick("places")
            if self.odds(0.4):
                event["actors"] = [self.pick("actors")]
            self.sheet["events"][f"event-{n}"] = event
            claim = self.sheet["claims"][self.pick("claims")]
            claim["about"] = [*claim["about"], f"event-{n}"]
        if self.odds(0.4):
            self.sheet["claims"][self.pick("claims")]["order"] = self.chance.sample(list(self.sheet["events"]), 2)
