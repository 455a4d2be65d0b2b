"""What the oracle found: statements that are true, untrue ones with their reasons, and those that it cannot judge."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    page: str
    statement: str
    reason: str

    def __str__(self):
        return f"{self.page}: “{self.statement}”: {self.reason}"


@dataclass
class Report:
    """Counts go by the key of the message, or by the name of the mark."""

    true: Counter = field(default_factory=Counter)
    faults: dict = field(default_factory=lambda: defaultdict(list))
    unjudged: dict = field(default_factory=lambda: defaultdict(Counter))

    def say(self, page, key, statement, verdict):
        """Files the verdict on a statement: `True`, `None` where nobody can tell, or what is wrong with it."""
        if verdict is True:
            self.true[key] += 1
        elif verdict is None:
            self.unjudged[key][statement] += 1
        else:
            self.faults[key].append(Fault(page, statement, verdict))

    def add(self, other, name=""):
        self.true.update(other.true)
        for key, faults in other.faults.items():
            self.faults[key] += [Fault(f"{name}{f.page}", f.statement, f.reason) for f in faults]
        for key, statements in other.unjudged.items():
            self.unjudged[key].update(statements)

    @property
    def judged(self):
        return self.true.total() + sum(map(len, self.faults.values()))

    @property
    def coverage(self):
        """The share of the statements that could be judged."""
        unjudged = sum(c.total() for c in self.unjudged.values())
        return self.judged / (self.judged + unjudged) if self.judged + unjudged else 0.0
