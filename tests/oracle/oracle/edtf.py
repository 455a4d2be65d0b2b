"""Dates as sets of days: EDTF levels 0 and 1, and of level 2 the one-of set, as docs/format.md has them.

A day is its distance from 1970-01-01; an open or unknown end is an infinite one. Two dates mean the same when their days
are the same, whatever was typed. Nothing here knows how the program does it.
"""

import calendar
import math
import re
from dataclasses import dataclass

PAST, FUTURE = -math.inf, math.inf


def day_number(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 in the proleptic Gregorian calendar, for any year (0 is 1 BC)."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def civil(number: int) -> tuple[int, int, int]:
    """The year, month and day of a day number."""
    era, of_era = divmod(number + 719468, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    index = (5 * of_year + 2) // 153
    month = index + 3 if index < 10 else index - 9
    return year + era * 400 + (month <= 2), month, of_year - (153 * index + 2) // 5 + 1


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year % 400 + 400) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def add_months(number, months: int):
    """The same day some months later, or the last one of a month that is too short."""
    if math.isinf(number):
        return number
    year, month, day = civil(number)
    year, index = divmod(year * 12 + month - 1 + months, 12)
    return day_number(year, index + 1, min(day, month_length(year, index + 1)))


@dataclass(frozen=True)
class Days:
    """A union of closed ranges of days, in order, without overlap or adjacency."""

    ranges: tuple

    @classmethod
    def of(cls, *ranges):
        merged = []
        for low, high in sorted(r for r in ranges if r[0] <= r[1]):
            if merged and low <= merged[-1][1] + 1:
                merged[-1][1] = max(merged[-1][1], high)
            else:
                merged.append([low, high])
        return cls(tuple(map(tuple, merged)))

    @property
    def first(self):
        return self.ranges[0][0]

    @property
    def last(self):
        return self.ranges[-1][1]

    def meets(self, other) -> bool:
        return any(a <= d and c <= b for a, b in self.ranges for c, d in other.ranges)

    def within(self, other) -> bool:
        return all(any(c <= a and b <= d for c, d in other.ranges) for a, b in self.ranges)

    def gap(self, other):
        """Days between the nearest ends (1 from one day to the next), with those ends; `None` where they meet."""
        if self.meets(other):
            return None
        pairs = [(b, c) if b < c else (d, a) for a, b in self.ranges for c, d in other.ranges]
        return min((late - early, early, late) for early, late in pairs)

    def before(self, other) -> bool:
        """Surely before: the latest day of this is earlier than the earliest of the other."""
        return self.last < other.first


@dataclass(frozen=True)
class Point:
    """One date as precise as it is written: its first and last day, its precision, and what qualifies it."""

    first: int
    last: int
    precision: str
    about: bool = False
    doubted: bool = False

    def reach(self, given=None) -> tuple:
        """First and last day where `~` reaches `given` (months, days) on either side, by default one step."""
        if not self.about:
            return self.first, self.last
        months, days = given or STEPS[self.precision]
        return add_months(self.first, -months) - days, add_months(self.last + 1, months) - 1 + days


STEPS = {"day": (0, 7), "month": (1, 0), "season": (1, 0), "year": (12, 0), "decade": (120, 0), "century": (1200, 0)}

# From the earlier of the meteorological and astronomical starts to the later of the ends, in the north.
SEASONS = {21: ((3, 1), (6, 21)), 22: ((6, 1), (9, 23)), 23: ((9, 1), (12, 22)), 24: ((12, 1), (3, 21))}


@dataclass(frozen=True)
class Date:
    """A date: `form` is `single`, `interval` or `one-of`; its members are pairs of ends, of which `None` is open and
    `"?"` is unknown."""

    text: str
    form: str
    members: tuple

    @property
    def days(self) -> Days:
        return self.spread(lambda p: (p.first, p.last))

    def about(self, reach=None) -> Days:
        """The days that it may mean when `~` reaches so far."""
        return self.spread(lambda p: p.reach(reach))

    def spread(self, ends) -> Days:
        return Days.of(*((ends(a)[0] if isinstance(a, Point) else PAST, ends(b)[1] if isinstance(b, Point) else FUTURE)
                         for a, b in self.members))

    @property
    def points(self) -> list:
        return [p for pair in self.members for p in dict.fromkeys(pair) if isinstance(p, Point)]

    @property
    def approximate(self) -> bool:
        return any(p.about for p in self.points)


def parse(text: str) -> Date:
    text = text.strip()
    if text.startswith("["):
        members = tuple(_member(part.strip()) for part in text.strip("[]").split(","))
        return Date(text, "one-of", members)
    if "/" in text:
        return Date(text, "interval", (tuple(_bound(end) for end in text.split("/")),))
    point = _point(text)
    return Date(text, "single", ((point, point),))


def _bound(text: str):
    return None if text == ".." else "?" if text == "" else _point(text)


def _member(text: str):
    if ".." not in text:
        return (_point(text),) * 2
    return tuple(_point(end) if end else None for end in text.split(".."))


def _point(text: str) -> Point:
    text = text.split("T")[0]
    match = re.fullmatch(r"(.*?)([~?%]?)", text)
    text, sign = match.groups()
    return Point(*_range(text), about=sign in ("~", "%"), doubted=sign in ("?", "%"))


def _range(text: str) -> tuple:
    if match := re.fullmatch(r"Y?(-?\d+)", text):
        return *_years(int(match[1]), int(match[1])), "year"
    if match := re.fullmatch(r"(-?\d+)-(\d\d)", text):
        year, month = int(match[1]), int(match[2])
        if month > 12:
            (first, (last_month, last_day)) = SEASONS[month]
            return day_number(year, *first), day_number(year + (month == 24), last_month, last_day), "season"
        return day_number(year, month, 1), day_number(year, month, month_length(year, month)), "month"
    if match := re.fullmatch(r"(-?\d+)-(\d\d)-(\d\d)", text):
        day = day_number(*map(int, match.groups()))
        return day, day, "day"
    if match := re.fullmatch(r"(-?\d+)-(\d\d)-XX", text):
        return _range(f"{match[1]}-{match[2]}")
    if match := re.fullmatch(r"(-?\d+)-XX(-XX)?", text):
        return _range(match[1])
    if match := re.fullmatch(r"(-?)(\d+?)(X+)", text):
        size = 10 ** len(match[3])
        low, high = int(match[2]) * size, int(match[2]) * size + size - 1
        if match[1]:
            low, high = -high, -low
        return *_years(low, high), {10: "decade", 100: "century"}.get(size, "century")
    raise ValueError(f"no date: {text!r}")


def _years(first: int, last: int) -> tuple:
    return day_number(first, 1, 1), day_number(last, 12, 31)
