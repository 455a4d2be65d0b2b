"""The program's table of units against pint: the same factors.

    units.py PATH/unit.rs
"""

import re
import sys
from fractions import Fraction

import pint

BASES = {"Length": "meter", "Area": "meter**2", "Volume": "liter", "Mass": "kilogram", "Speed": "kilometer/hour", "Energy": "kilowatt_hour", "Power": "kilowatt", "Time": "second", "Temperature": "degC", "Share": "percent"}
NAMES = {
    "m": "meter", "km": "kilometer", "cm": "centimeter", "mm": "millimeter", "mi": "mile", "yd": "yard", "ft": "foot", "in": "inch", "nmi": "nautical_mile",
    "m²": "meter**2", "km²": "kilometer**2", "ha": "hectare", "acre": "international_acre", "mi²": "mile**2", "ft²": "foot**2",
    "L": "liter", "m³": "meter**3", "US gal": "gallon", "imp gal": "imperial_gallon", "bbl": "oil_barrel",
    "kg": "kilogram", "g": "gram", "t": "metric_ton", "lb": "pound", "short ton": "short_ton", "long ton": "long_ton",
    "km/h": "kilometer/hour", "m/s": "meter/second", "mph": "mile/hour", "kn": "knot",
    "kWh": "kilowatt_hour", "MWh": "megawatt_hour", "GWh": "gigawatt_hour", "TWh": "terawatt_hour", "MJ": "megajoule",
    "kW": "kilowatt", "W": "watt", "MW": "megawatt", "GW": "gigawatt", "s": "second", "min": "minute", "h": "hour",
    "°C": "degC", "°F": "degF", "K": "kelvin", "%": "percent", "‰": "permille", "per 100000": "per_100000",
}
UNIT = re.compile(r'unit\("([^"]+)", (\w+), \(([\d_]+), ([\d_]+)\)')
AFFINE = re.compile(r'symbol: "([^"]+)", dimension: (\w+), times: (\d+), by: (\d+), offset: ([\d_]+)')


def main():
    text = open(sys.argv[1]).read()
    pint_units = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    # The international acre, 1/640 of a square mile; pint's own is that of the survey foot.
    pint_units.define("international_acre = 4840 * yard**2")
    pint_units.define("per_100000 = 0.001 * percent")
    rows = [(s, d, int(t.replace("_", "")), int(b.replace("_", "")), 0) for s, d, t, b in UNIT.findall(text)]
    rows += [(s, d, int(t), int(b), int(o.replace("_", ""))) for s, d, t, b, o in AFFINE.findall(text)]
    passed = failed = 0
    for symbol, dimension, times, by, offset in rows:
        ours = (Fraction(7) - Fraction(offset, 100)) * Fraction(times, by)
        theirs = pint_units.Quantity(7, NAMES[symbol]).to(BASES[dimension]).magnitude
        same = abs(float(ours) - theirs) <= 1e-9 * max(1.0, abs(theirs))
        passed, failed = passed + same, failed + (not same)
        if not same:
            print(f"7 {symbol}: {float(ours)} here, {theirs} by pint")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0 or passed < 40)


if __name__ == "__main__":
    main()
