"""Values of answers as they are written, and the sets that they mean: docs/format.md, Values, and docs/comparing.md, Precision."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from .edtf import FUTURE, PAST, Days, parse as parse_date


@dataclass(frozen=True)
class Range:
    """A set of numbers between two ends, each of which may be open (`None`) or excluded."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True

    def meets(self, other) -> bool:
        return not (self.below(other) or other.below(self))

    def below(self, other) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or self.high == other.low and not (self.high_in and other.low_in)

    def within(self, other) -> bool:
        low = other.low is None or self.low is not None and (self.low > other.low or self.low == other.low and (other.low_in or not self.low_in))
        high = other.high is None or self.high is not None and (self.high < other.high or self.high == other.high and (other.high_in or not self.high_in))
        return low and high

    def gap(self, other) -> Fraction:
        return other.low - self.high if self.below(other) else self.low - other.high

    @property
    def is_open(self) -> bool:
        return self.low is None or self.high is None


# Units by what they measure: a factor (and for temperatures a zero) that leads to the same unit for all. Exact by definition.
MILE, POUND = Fraction("1609.344"), Fraction("0.45359237")
UNITS = {name: (kind, factor, zero) for kind, table in {
    "length": {"m": (1, 0), "km": (1000, 0), "cm": (Fraction(1, 100), 0), "mi": (MILE, 0), "mile": (MILE, 0), "miles": (MILE, 0), "nmi": (1852, 0), "ft": (Fraction("0.3048"), 0)},
    "mass": {"kg": (1, 0), "g": (Fraction(1, 1000), 0), "t": (1000, 0), "tonnes": (1000, 0), "lb": (POUND, 0)},
    "area": {"m²": (1, 0), "m2": (1, 0), "ha": (10000, 0), "km²": (10**6, 0), "km2": (10**6, 0), "acres": (MILE**2 / 640, 0), "acre": (MILE**2 / 640, 0)},
    "temperature": {"°C": (1, 0), "°F": (Fraction(5, 9), Fraction(-160, 9))},
    "time": {"s": (1, 0), "min": (60, 0), "h": (3600, 0), "d": (86400, 0), "days": (86400, 0)},
}.items() for name, (factor, zero) in table.items()}

NUMBER = r"-?\d[\d_]*(?:\.\d+)?"
WRITTEN = re.compile(rf"(?P<sign>>=|<=|[~<>])?\s*(?P<low>{NUMBER})(?:\s*\.\.\s*(?P<high>{NUMBER}))?(?:\s*±\s*(?P<margin>{NUMBER})\s*(?P<share>%)?)?(?:\s*\((?P<best>{NUMBER})\))?(?:\s+(?P<unit>\S.*)|(?P<percent>%))?")


def number(text) -> Fraction:
    return Fraction(text.replace("_", ""))


def step(text) -> Fraction:
    """How exact a number is written: half of this to either side. Noughts at the end of a whole number are none of its digits."""
    text = text.replace("_", "").lstrip("-")
    if "." in text:
        return Fraction(1, 10 ** len(text.split(".")[1]))
    return Fraction(10 ** (len(text) - len(text.rstrip("0")))) if text.strip("0") else Fraction(1)


@dataclass(frozen=True)
class Quantity:
    """`sign` is empty, `~`, a comparison, `..` or `±`. `step` is how exact it is written; `inexact`: that it is only so exact,
    for it has decimals or was converted. `unit` is its own, where one is written."""

    sign: str
    low: Fraction
    high: Fraction
    step: Fraction = Fraction(1)
    inexact: bool = False
    unit: str | None = None
    best: Fraction | None = None
    margin: Fraction | None = None

    @classmethod
    def read(cls, text):
        match = WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"no quantity: {text!r}")
        low, high = number(match["low"]), number(match["high"] or match["low"])
        sign, margin = match["sign"] or (".." if match["high"] else "±" if match["margin"] else ""), None
        if match["margin"]:
            margin = abs(low) * number(match["margin"]) / 100 if match["share"] else number(match["margin"])
        exact = max(step(match["low"]), step(match["high"] or "0")) if match["high"] else step(match["low"])
        best = number(match["best"]) if match["best"] else None
        return cls(sign, low, high, exact, "." in match["low"] + (match["high"] or ""), match["unit"] or ("%" if match["percent"] else None), best, margin)

    def range(self, tolerance=None) -> Range:
        """Its numbers; `~` reaches as far as the tolerance (`10%`, or an amount), and nowhere without one."""
        if self.sign == "~" and tolerance:
            share = re.fullmatch(r"(.*)%", tolerance)
            reach = abs(self.low) * number(share[1]) / 100 if share else number(tolerance)
            return Range(self.low - reach, self.high + reach)
        if self.sign == "±":
            return Range(self.low - self.margin, self.high + self.margin)
        return {
            ">": Range(self.low, None, low_in=False), ">=": Range(self.low, None),
            "<": Range(None, self.high, high_in=False), "<=": Range(None, self.high),
        }.get(self.sign, Range(self.low, self.high))

    def least(self, tolerance, coarse=False) -> Range:
        """All that it may mean: with the reach of `~`, and rounded as it is written where it is only so exact."""
        told = self.range(tolerance)
        # Where `~` reaches, it reaches further than rounding.
        if not (self.inexact or coarse) or self.sign:
            return told
        return Range(told.low - self.step / 2, told.high + self.step / 2)

    def into(self, unit, rates=None):
        """The same in the unit of the question, money by the rates that it gives; `None` where nothing converts it."""
        if self.unit is None or self.unit == unit:
            return self
        if self.unit in (rates or {}):
            rate = number(rates[self.unit]["rate"])
            by = lambda n: None if n is None else n * rate
            return replace(self, low=by(self.low), high=by(self.high), best=by(self.best), margin=by(self.margin), step=self.step * rate, inexact=True, unit=unit)
        if self.unit not in UNITS or unit not in UNITS or UNITS[self.unit][0] != UNITS[unit][0]:
            return None
        (_, factor, zero), (_, whole, start) = UNITS[self.unit], UNITS[unit]
        if (factor, zero) == (whole, start):
            return replace(self, unit=unit)
        into = lambda n: None if n is None else (n * factor + zero - start) / whole
        scale = Fraction(factor) / whole
        return replace(self, low=into(self.low), high=into(self.high), best=into(self.best), step=self.step * scale, inexact=True, unit=unit,
                       margin=None if self.margin is None else self.margin * scale)


@dataclass(frozen=True)
class Period:
    """A date to a date: the days on which it may have begun, and those on which it may have ended."""

    text: str
    starts: Days
    ends: Days

    @classmethod
    def read(cls, text):
        date = parse_date(text)
        first, last = date.members[0][0], date.members[-1][1]
        days = lambda end, reach: Days.of(end.reach(reach) if end.about else (end.first, end.last)) if hasattr(end, "first") else Days.of((PAST, FUTURE))
        return cls(text, days(first, None), days(last, None))

    @property
    def is_open(self) -> bool:
        return PAST in (self.starts.first, self.ends.first) or FUTURE in (self.starts.last, self.ends.last)

    def within(self, other) -> bool:
        return self.starts.within(other.starts) and self.ends.within(other.ends)

    def gaps(self, other) -> tuple:
        """How many days the starts, and the ends, lie apart; `None` where they may be the same."""
        return tuple(g and g[0] for g in (self.starts.gap(other.starts), self.ends.gap(other.ends)))


# Times of day, in seconds

DAY = 86400
ZONES = (-14 * 3600, 12 * 3600)  # what a local time may be off by, wherever it was: from UTC+14 to UTC-12


def instants(text, zoned) -> Days:
    """A date with or without a time, as seconds; where the other side has a zone, one without may be of any."""
    match = re.fullmatch(r"(.*?)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d(?::?\d\d)?)?", text)
    wide = ZONES if zoned else (0, 0)
    if not match:
        return Days.of(*((low if low == PAST else low * DAY + wide[0], high if high == FUTURE else high * DAY + DAY - 1 + wide[1]) for low, high in parse_date(text).about().ranges))
    day, hour, minute, second, zone = match.groups()
    start = parse_date(day).days.first * DAY + int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    end = start if second else start + 59
    if zone:
        digits = zone.replace(":", "") if zone != "Z" else "+0000"
        off = (int(digits[1:3]) * 3600 + int(digits[3:5] or 0) * 60) * (-1 if digits[0] == "-" else 1)
        return Days.of((start - off, end - off))
    return Days.of((start + wide[0], end + wide[1]))


def has_zone(text) -> bool:
    return bool(re.search(r"T.*(?:Z|[+-]\d\d(?::?\d\d)?)$", text))
