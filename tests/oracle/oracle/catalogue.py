"""The messages of the program read backwards: each pattern of `i18n/*.toml` becomes a regular expression.

A text of a page that matches a message is a statement of the program, with the values that were put into it.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MARKS = str.maketrans("’‘“”„−‑", "''\"\"\"--")
SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2060\u00ad]+")


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """A text without the marks of typography: spaces, apostrophes, quotation marks as the program or a writer set them."""
    text = unicodedata.normalize("NFC", text)
    text = SPACES.sub(" ", text).strip().translate(MARKS)
    text = re.sub(r"\s+(?=[;:!?»%])", "", text)
    return re.sub(r"«\s+", "«", text)


@dataclass(frozen=True)
class Message:
    """A message by its key (`reason.gap`), in one of its forms, as an expression that the whole of a text must match."""

    key: str
    text: str
    regex: re.Pattern
    weight: int  # letters of its own: of two messages that match, the one with more of them was meant
    token: str  # the longest part that must stand in the text


@dataclass(frozen=True)
class Found:
    """A message found in a text, with the values that stand in its places."""

    key: str
    values: dict


class Catalogue:
    def __init__(self, folder: Path, language: str):
        self.language = language
        self.texts = {}
        for path in sorted(folder.glob(f"{language}*.toml")):
            if path.name.split(".")[0] == language:
                self._read("", tomllib.loads(path.read_text(encoding="utf-8")))
        self.messages = [self._message(key, text) for key, forms in self.texts.items() for text in forms]
        self.messages.sort(key=lambda m: -m.weight)
        self.fixed, self.filled, self._known, self._lists = {}, [], {}, {}
        for message in self.messages:
            if "{" in message.text:
                self.filled.append(message)
            else:
                self.fixed.setdefault(plain(message.text), []).append(message.key)

        self._words, self.sentences = self._conditions(folder / "conditions.toml")

    @staticmethod
    def _conditions(path):
        """The table beside the messages: which say nothing of the sheets, and which do."""
        if not path.exists():
            return (), ()
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple({key for entry in table.get(kind, []) for key in entry["keys"]} for kind in ("words", "sentence"))

    def says_nothing(self, key) -> bool:
        """Whether a message is a heading, a button, a word of a closed list; the longest entry decides."""
        parts = key.split(".")
        for n in range(len(parts), 0, -1):
            start = ".".join(parts[:n])
            if start in self._words or start in self.sentences:
                return start in self._words
        return False

    def _read(self, key, value):
        if isinstance(value, str):
            self.texts.setdefault(key, []).append(value)
        elif set(value) <= {"one", "other", "zero"} and value:
            self.texts.setdefault(key, []).extend(value.values())
        else:
            for name, inner in value.items():
                self._read(f"{key}.{name}" if key else name, inner)

    @staticmethod
    def _message(key, text):
        parts = re.split(r"\{(\w+)\}", plain(text))
        seen, regex = set(), ""
        for n, part in enumerate(parts):
            if n % 2 == 0:
                regex += re.escape(part)
            elif part in seen:
                regex += f"(?P={part})"
            else:
                seen.add(part)
                regex += rf"(?P<{part}>\d[\d ,.]*)" if part in ("n", "total", "verbatim") else f"(?P<{part}>.+?)"
        letters = sum(c.isalpha() for c in "".join(parts[::2]))
        return Message(key, text, re.compile(regex), letters, max(parts[::2], key=len))

    def __getitem__(self, key) -> str:
        return plain(self.texts[key][0]) if key in self.texts else ""

    def keys(self, text: str) -> list:
        """The keys of the messages without places that are this text."""
        return self.fixed.get(plain(text), [])

    def find(self, text: str, only=None) -> list:
        """Every message that this text may be, the most telling first; `only` are the beginnings of keys."""
        return self._find(plain(text), only)

    def _find(self, text, only):
        known = self._known.get((text, only))
        if known is None:
            found = [Found(key, {}) for key in self.fixed.get(text, []) if only is None or key.startswith(only)]
            for message in self._among(only):
                if message.token in text and (match := message.regex.fullmatch(text)):
                    found.append(Found(message.key, match.groupdict()))
            known = self._known[text, only] = found
        return known

    def _among(self, only):
        """The messages with places whose keys begin so; without beginnings, those that a text can be told by."""
        if only not in self._lists:
            wanted = (lambda m: m.weight >= 3) if only is None else (lambda m: m.key.startswith(only))
            self._lists[only] = [m for m in self.filled if wanted(m)]
        return self._lists[only]

    def number(self, text: str):
        """A number as this language writes it."""
        text = plain(text).replace(" ", "")
        text = text.replace(",", "") if self.language == "en" else text.replace(".", "").replace(",", ".")
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return None
