"""The oracle's own dates: a table that reads like docs/format.md, and properties over random dates."""

import datetime
import itertools
import random
import unittest

from oracle.edtf import FUTURE, PAST, Days, add_months, civil, day_number, parse


def day(text):
    return {"": FUTURE, "..": PAST}.get(text) or (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


TABLE = [
    ("2024", "2024-01-01 2024-12-31"),
    ("2024-02", "2024-02-01 2024-02-29"),
    ("2023-02", "2023-02-01 2023-02-28"),
    ("2024-06-19", "2024-06-19 2024-06-19"),
    ("2024-06-19T10:30:00Z", "2024-06-19 2024-06-19"),
    ("2024-06?", "2024-06-01 2024-06-30"),
    ("2024-06~", "2024-06-01 2024-06-30"),
    ("2024-21", "2024-03-01 2024-06-21"),
    ("2024-24", "2024-12-01 2025-03-21"),
    ("199X", "1990-01-01 1999-12-31"),
    ("19XX", "1900-01-01 1999-12-31"),
    ("2024-XX", "2024-01-01 2024-12-31"),
    ("2024-06-XX", "2024-06-01 2024-06-30"),
    ("2024-06/2024-08", "2024-06-01 2024-08-31"),
    ("2024-06/..", "2024-06-01 "),
    ("2024-06/", "2024-06-01 "),
    ("../2024-05-10", ".. 2024-05-10"),
    ("[2023, 2024-06]", "2023-01-01 2023-12-31 2024-06-01 2024-06-30"),
    ("[2024-06, 2024-07]", "2024-06-01 2024-07-31"),
    ("[..2024-05]", ".. 2024-05-31"),
    ("[2023..2024]", "2023-01-01 2024-12-31"),
]

ABOUT = [
    ("2024-06~", None, "2024-05-01 2024-07-31"),
    ("2024~", None, "2023-01-01 2025-12-31"),
    ("2024-06-19~", None, "2024-06-12 2024-06-26"),
    ("2024-06-19~", (1, 0), "2024-05-19 2024-07-19"),
]


class Dates(unittest.TestCase):
    def test_forms(self):
        for text, expect in TABLE:
            ends = [day(e) for e in expect.split(" ")]
            self.assertEqual(parse(text).days, Days.of(*zip(ends[::2], ends[1::2])), text)

    def test_about(self):
        for text, reach, expect in ABOUT:
            self.assertEqual(parse(text).about(reach), Days.of(tuple(day(e) for e in expect.split())), text)

    def test_calendar_is_the_one_of_python(self):
        chance = random.Random(1)
        for _ in range(5000):
            date = datetime.date.fromordinal(chance.randint(1, 3652059))
            number = date.toordinal() - 719163
            self.assertEqual(day_number(date.year, date.month, date.day), number)
            self.assertEqual(civil(number), (date.year, date.month, date.day))
            self.assertEqual(civil(add_months(number, 12))[:2], (date.year + 1, date.month))

    def test_years_before_and_far_beyond_our_era(self):
        self.assertEqual(day_number(0, 3, 1) - day_number(0, 2, 28), 2)
        self.assertEqual(day_number(-400, 1, 1), day_number(0, 1, 1) - 146097)
        self.assertEqual(civil(day_number(-44, 3, 15)), (-44, 3, 15))
        self.assertTrue(parse("-0044").days.before(parse("Y12024").days))

    def test_sets_agree_with_sets_of_single_days(self):
        chance = random.Random(2)
        for _ in range(2000):
            sets, plain = [], []
            for _ in range(2):
                ranges = [(low := chance.randint(0, 30), low + chance.randint(0, 5)) for _ in range(chance.randint(1, 3))]
                sets.append(Days.of(*ranges))
                plain.append(set(itertools.chain(*(range(a, b + 1) for a, b in ranges))))
            a, b = plain
            self.assertEqual(sets[0].meets(sets[1]), bool(a & b))
            self.assertEqual(sets[0].within(sets[1]), a <= b)
            self.assertEqual(sets[0] == sets[1], a == b)
            self.assertEqual(sets[0].before(sets[1]), max(a) < min(b))
            gap = sets[0].gap(sets[1])
            self.assertEqual(gap and gap[0], None if a & b else min(abs(x - y) for x in a for y in b))


if __name__ == "__main__":
    unittest.main()
