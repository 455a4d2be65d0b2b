"""Dates in words, read backwards: what a phrase says of time, to be held against what the sheet says.

A phrase is read into a `Said`: its days, and its sense. Senses: `within` (some day of these), `through` (all of these, a
period), `by` (then or before), `from` (then or after), `either` (one of several), `unknown`.
"""

import re
from dataclasses import dataclass
from itertools import product

from .catalogue import plain
from .edtf import FUTURE, PAST, Days, day_number, month_length, SEASONS

CLASSES = ("day", "month", "spring", "summer", "autumn", "winter", "year", "decade", "century")


@dataclass(frozen=True)
class Said:
    sense: str
    days: Days | None
    about: bool = False
    doubted: bool = False
    time: str | None = None  # `10:30`, with ` Z` where the zone is that of UTC


class Reader:
    """Reads the dates of one language, by the messages under `date`."""

    def __init__(self, catalogue):
        self.texts = catalogue
        self.months = [plain(catalogue[f"date.months.m{n:02}"]) for n in range(1, 13)]
        self.first = catalogue["date.first"]
        self.units = {name: self._unit(name) for name in CLASSES}
        self.forms = {form: self._form(form) for form in ("name", "noun", "between", "at", "from", "to", "until", "by", "start")}

    # One date: an expression for each class and use

    def _unit(self, name):
        year, month = r"(?P<year>[\d  ,]+(?: BC| av\. J\.-C\.)?)", "(?P<month>" + "|".join(map(re.escape, self.months)) + ")"
        day = rf"(?P<day>{re.escape(self.first)}|\d\d?\.?)"
        places = {"day": day, "month": month, "year": year, "next": r"(?P<next>\d+)", "ordinal": r"(?P<ordinal>\w+\.?)"}
        text = self.texts[f"date.{name}.name"] or "{year}"
        return self._expression(text, places)

    @staticmethod
    def _expression(text, places):
        parts = re.split(r"\{(\w+)\}", text)
        return "".join(places.get(p, "(.+?)") if n % 2 else re.escape(p) for n, p in enumerate(parts))

    def _form(self, form):
        found = []
        for name in CLASSES:
            around = "{date}" if form == "name" else self.texts[f"date.{name}.{form}"]
            if around:
                shapes = [self.units[name]]
                if name == "day":
                    shapes.append(self._expression(self.texts["date.day.without_year"], {"day": rf"(?P<day>{re.escape(self.first)}|\d\d?\.?)", "month": "(?P<month>" + "|".join(map(re.escape, self.months)) + ")"}))
                    shapes.append(rf"(?P<day>{re.escape(self.first)}|\d\d?\.?)")
                if name == "month":
                    shapes.append("(?P<month>" + "|".join(map(re.escape, self.months)) + ")")
                for shape in shapes:
                    text = self._expression(around, {"date": shape})
                    # French elides: « d'avril » for « de avril ».
                    text = re.sub(r"^de\\ ", r"(?:de\\ |d')", text)
                    found.append((name, re.compile(text)))
        return found

    def _one(self, text, forms, later=None):
        """One date in any of some uses: its first and last day. What it leaves out is taken from a later date."""
        for form in forms:
            for name, regex in self.forms[form]:
                match = regex.fullmatch(text)
                if match and (ends := self._ends(name, match.groupdict(), later)):
                    return ends
        return None

    def _ends(self, name, parts, later):
        year = self._year(parts.get("year")) if parts.get("year") else later and later[0]
        month = self.months.index(parts["month"]) + 1 if parts.get("month") else later and later[1]
        if name == "century":
            first = (roman(parts["ordinal"]) - 1) * 100
            return (day_number(first, 1, 1), day_number(first + 99, 12, 31)), (first, 1)
        if year is None:
            return None
        if name == "day":
            day = 1 if parts["day"] == self.first else int(parts["day"].strip("."))
            if not month or not 1 <= day <= month_length(year, month):
                return None
            return (day_number(year, month, day),) * 2, (year, month)
        if name == "month":
            return (day_number(year, month, 1), day_number(year, month, month_length(year, month))), (year, month)
        if name == "decade":
            return (day_number(year, 1, 1), day_number(year + 9, 12, 31)), (year, 1)
        if name == "year":
            return (day_number(year, 1, 1), day_number(year, 12, 31)), (year, 12)
        first, last = SEASONS[21 + ("spring", "summer", "autumn", "winter").index(name)]
        return (day_number(year, *first), day_number(year + (name == "winter"), *last)), (year, last[0])

    @staticmethod
    def _year(text):
        number = int(re.sub(r"\D", "", text))
        return 1 - number if re.search(r"BC|J\.-C|v\. Chr", text) else number

    # Whole phrases

    def read(self, text) -> list:
        """Every reading of a phrase; none where it is no date."""
        text = plain(text)
        doubted = about = False
        # What is doubtful about one end of several stands behind that end.
        for key in ("date.uncertain", "date.approximate"):
            remark = plain(self.texts["date.remarks"].replace("{date}", "").replace("{remarks}", self.texts[key]))
            if text.count(f" {remark}") > 1 or f" {remark} " in text:
                text = text.replace(f" {remark}", "")
                doubted, about = doubted or key == "date.uncertain", about or key == "date.approximate"
        text, time = self._time(text)
        match = re.fullmatch(self._around("date.remarks"), text)
        if match:
            remarks = [plain(r) for r in match["remarks"].split(self.texts["list.comma"] + " " if not self.texts["list.comma"].endswith(" ") else self.texts["list.comma"])]
            known = {self.texts[k]: k for k in ("date.uncertain", "date.approximate", "date.no_day", "date.no_month", "date.interval.no_start", "date.interval.no_end")}
            if all(r.strip() in known for r in remarks):
                doubted = self.texts["date.uncertain"] in remarks
                about = self.texts["date.approximate"] in remarks
                text = match["date"]
        if match := re.fullmatch(self._around("date.perhaps"), text):
            doubted, text = True, match["date"]
        found = self._bare(text)
        return [Said(s.sense, s.days, s.about or about, s.doubted or doubted, time) for s in found]

    def _time(self, text):
        """A text without a time of day behind its date, and that time."""
        numbers = {"hour": r"(?P<hour>\d\d?)", "minute": r"(?P<minute>\d\d)", "second": r"(?P<second>\d\d)"}
        for clock in ("date.time.clock_seconds", "date.time.clock"):
            one = self._expression(self.texts[clock], numbers)
            zoned = self._expression(self.texts["date.time.zone"], {"time": one, "zone": r"(?P<zone>[^()]+)"})
            for form in ("date.time.label", "date.time.phrase"):
                for time in (zoned, one):
                    match = re.fullmatch(self._expression(self.texts[form], {"date": "(?P<date>.+?)", "time": time}), text)
                    if match:
                        parts = match.groupdict()
                        seconds = f":{parts['second']}" if parts.get("second") else ""
                        return match["date"], f"{int(match['hour']):02}:{match['minute']}{seconds}" + (" Z" if parts.get("zone") == "UTC" else "")
        return text, None

    def _around(self, key):
        parts = re.split(r"\{(\w+)\}", self.texts[key])
        return "".join(f"(?P<{p}>.+?)" if n % 2 else re.escape(p) for n, p in enumerate(parts))

    def _bare(self, text):
        if text in (self.texts["date.interval.none"], self.texts["date.interval.never"]):
            return [Said("unknown", None)]
        # "The period" from … to …: its span says of which sense.
        if self.texts["date.interval.period"] and (match := re.fullmatch(self._around("date.interval.period"), text)):
            return [Said("period" if s.sense == "through" else s.sense, s.days, s.about, s.doubted) for s in self.read(match["span"])]
        # "A point in time" between … and …: of one moment.
        if self.texts["date.interval.moment"] and (match := re.fullmatch(self._around("date.interval.moment"), text)):
            return list(self.read(match["span"]))
        found = []
        one = self._one(text, ("name", "at", "noun"))
        if one:
            found.append(Said("within", Days.of(one[0])))
        for form, sense in (("until", "until"), ("by", "by")):
            if end := self._one(text, (form,)):
                found.append(Said(sense, Days.of((PAST, end[0][1]))))
        for key, sense, forms in (("date.interval.since", "since", ("between", "name")), ("date.interval.starting", "from", ("from",)),
                                  ("date.interval.not_before", "from", ("start",)),
                                  ("date.or_after", "from", ("name", "at")), ("date.or_before", "by", ("name", "at"))):
            match = re.fullmatch(self._around(key), text) if self.texts[key] else None
            if not match:
                continue
            inner, near = next(iter(match.groupdict().values())), None
            if not (start := self._one(inner, forms)) and (near := re.fullmatch(self._around("date.about"), inner)):
                start = self._one(near["date"], ("noun", "name"))
            if start:
                days = Days.of((PAST, start[0][1])) if sense == "by" else Days.of((start[0][0], FUTURE))
                found.append(Said(sense, days, about=bool(near)))
        if (match := re.fullmatch(self._around("date.about"), text)) and (near := self._one(match["date"], ("noun", "name"))):
            found.append(Said("within", Days.of(near[0]), about=True))
        found += self._spans(text)
        return found or self._either(text)

    def _spans(self, text):
        for key, sense, forms in (("date.interval.phrase", "between", ("between", "between")), ("date.interval.label", "through", ("from", "to"))):
            between = re.split(r"\{\w+\}", self.texts[key])
            for at in [m.start() for m in re.finditer(re.escape(between[1]), text)]:
                if not text.startswith(between[0]) or not text.endswith(between[2]):
                    continue
                ends = text[len(between[0]):at], text[at + len(between[1]):len(text) - len(between[2])]
                if (last := self._one(ends[1], forms[1:])) and (first := self._one(ends[0], forms[:1], last[1])):
                    yield Said(sense, Days.of((first[0][0], last[0][1])))

    def _either(self, text):
        """One of several: the parts of a list joined by "or"."""
        word = self.texts["list.or"].split("{start}")[1].split("{end}")[0]
        parts = [p.strip(" ,") for p in re.split(re.escape(word) + r"|(?<=\D), | (?=,)", text)]
        parts = [p for part in parts for p in ([part] if self._bare_one(part) else part.split(", ")) if p]
        readings = [self._bare_one(p) for p in parts]
        if len(parts) < 2 or not all(readings):
            return []
        return [Said("either", Days.of(*(r for s in choice for r in s.days.ranges)), about=any(s.about for s in choice))
                for choice in product(*readings)]

    def _bare_one(self, text):
        if match := re.fullmatch(self._around("date.perhaps"), text):
            text = match["date"]
        found = [Said("within", Days.of(one[0])) for one in [self._one(text, ("name", "at", "noun"))] if one]
        for key in ("date.or_before", "date.or_after", "date.about"):
            match = re.fullmatch(self._around(key), text)
            if match and (one := self._one(match["date"], ("name", "at", "noun"))):
                low, high = one[0]
                found.append(Said("within", Days.of({"date.or_before": (PAST, high), "date.or_after": (low, FUTURE)}.get(key, (low, high))), about=key.endswith("about")))
        return found + list(self._spans(text))


def roman(text: str) -> int:
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    signs = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [signs[c] for c in re.match(r"[IVXLCDM]+", text)[0]]
    return sum(-v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values))
