"""Who judges what. A judge takes a `Case`; its verdict is `True`, what is wrong, `None` where it cannot tell, or `SKIP`
where the words are not that statement here (a heading, a legend)."""

SKIP = object()
JUDGES = {}


def judge(*keys):
    """Registers a judge for messages, by the beginnings of their keys."""
    def register(function):
        for key in keys:
            JUDGES[key] = function
        return function
    return register


def equals(said, *truths):
    """A number is one of those that the words may mean."""
    if said is None:
        return None
    return True if said in truths else f"the sheets say {' or '.join(map(str, dict.fromkeys(truths)))}"


def judge_of(key):
    """The judge of a message: the one for the longest beginning of its key."""
    parts = key.split(".")
    return next((j for n in range(len(parts), 0, -1) if (j := JUDGES.get(".".join(parts[:n])))), None)


class Case:
    """A statement where it stands: the element, the key of its message, and the values put into it."""

    def __init__(self, page, view, words, element, key, values, text):
        self.page, self.view, (self.catalogue, self.reader) = page, view, words
        self.element, self.key, self.values, self.text = element, key, values, text
        self.dossier = page.dossier

    def number(self, name="n"):
        return self.catalogue.number(self.values.get(name) or "")

    def hook(self, name):
        """A `data-…` attribute here or around."""
        return next((v for e in [self.element, *self.element.iterancestors()] if (v := e.get(f"data-{name}"))), None)

    def claim(self):
        """The claim that the statement is about, where it can only be one."""
        named = self.page.named_before(self.element)
        if named is not None and named.kind == "claims":
            return named
        if (ident := self.hook("claim")) in self.dossier.claims:
            return self.dossier.claims[ident]
        holder = self.page.holder(self.element, "claim", "li", "tr")
        found = self.page.links(holder, "claims") if holder is not None else []
        if not found and self.page.kind == "claims" and self.page.record:
            return self.page.record
        return found[0] if len(found) == 1 else None

    def question(self):
        """The question: that of the page, else the one whose heading stands before."""
        if self.page.kind == "questions" and self.page.record:
            return self.page.record
        if (ident := self.hook("question")) in self.dossier.questions:
            return self.dossier.questions[ident]
        for holder in [self.element, *self.element.iterancestors()]:
            if found := self.page.links(holder, "questions"):
                return found[0] if len(found) == 1 else self._before(found)
            if holder is self.page.main:
                return None
        return None

    def _before(self, questions):
        """Of several questions, the one whose link stands last before the statement."""
        last = None
        for element in self.page.main.iter():
            if element is self.element:
                break
            if element.tag == "a" and (target := self.page.target(element))[0] == "questions":
                last = self.dossier.questions.get(target[1], last)
        return last if last in questions else None

    def answer(self, claim, question):
        return next((a for a in claim.answers if a.question is question), None) if claim and question else None

    def pair(self):
        """The two answers that are compared in this row, or in this line of a claim's page."""
        holder, question = self.page.holder(self.element, "tr", "li"), self.question()
        if ids := self.hook("pair"):
            answers = [self.answer(self.dossier.claims.get(i), question) for i in ids.split()]
            return answers if len(answers) == 2 and all(answers) else None
        claims = self.page.links(holder, "claims") if holder is not None else []
        if self.page.kind == "claims" and self.page.record and len(claims) == 1:
            claims = [self.page.record, *claims]
        answers = [self.answer(c, question) for c in claims]
        return answers if len(answers) == 2 and all(answers) else None


from . import answers, attribution, counts, facing, figures, marks, rules, sums, voices, when  # noqa: E402,F401 (they register themselves)
