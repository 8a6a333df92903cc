"""Intervals of scaled integers: every result contains the exact one, whatever the rounding.

An interval is a pair of integers in units of 2^-BITS. Lower ends are rounded down, upper ends up. No floating-point
numbers are used. The functions exp and log are sums of positive terms, computed once with every step rounded down and
once with every step rounded up, so that their bounds need no error analysis.
"""

from functools import lru_cache
from math import isqrt

BITS = 256
ONE = 1 << BITS
_GUARD = 64
_WORK = BITS + _GUARD
_WORK_ONE = 1 << _WORK


class NotProved(Exception):
    """An inequality that the proof needs could not be verified. This says nothing about the model."""


def shift(value, bits, up):
    """value / 2^bits, rounded down or up to an integer."""
    return -(-value >> bits) if up else value >> bits


def divide(value, divisor, up):
    """value / divisor for a positive divisor, rounded down or up to an integer."""
    return -(-value // divisor) if up else value // divisor


def root_up(value):
    """The square root of an integer >= 0, rounded up."""
    return isqrt(value - 1) + 1 if value else 0


class Interval:
    """All real numbers from lo to hi, both in units of 2^-BITS."""

    __slots__ = ("lo", "hi")

    def __init__(self, lo, hi):
        self.lo = lo
        self.hi = hi

    @staticmethod
    def of(numerator, denominator=1):
        """The quotient of an integer and a positive integer."""
        value = numerator << BITS
        return Interval(value // denominator, -(-value // denominator))

    @staticmethod
    def point(end):
        """The point interval of the number end / 2^BITS."""
        return Interval(end, end)

    def __add__(self, other):
        return Interval(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other):
        return Interval(self.lo - other.hi, self.hi - other.lo)

    def __neg__(self):
        return Interval(-self.hi, -self.lo)

    def __mul__(self, other):
        lo, hi = _product(self, other)
        return Interval(lo >> BITS, -(-hi >> BITS))

    def __truediv__(self, other):
        if other.lo <= 0:
            raise NotProved("a divisor may be zero or negative")
        lo, hi = self.lo << BITS, self.hi << BITS
        return Interval(
            lo // (other.hi if lo >= 0 else other.lo),
            -(-hi // (other.lo if hi >= 0 else other.hi)),
        )

    def times(self, factor):
        """The product with an integer."""
        ends = (self.lo * factor, self.hi * factor)
        return Interval(min(ends), max(ends))

    def over(self, divisor):
        """The quotient by a positive integer."""
        return Interval(self.lo // divisor, -(-self.hi // divisor))

    def square(self):
        least = max(self.lo, -self.hi, 0)
        most = max(-self.lo, self.hi)
        return Interval(least * least >> BITS, -(-most * most >> BITS))

    def root(self):
        """The square root of a number known to be >= 0."""
        if self.hi < 0:
            raise ValueError("square root of a negative interval")
        return Interval(isqrt(max(self.lo, 0) << BITS), root_up(self.hi << BITS))

    def exp(self):
        return Interval(_exp(self.lo, False), _exp(self.hi, True))

    def log(self):
        if self.lo <= 0:
            raise NotProved("the argument of a logarithm may be zero")
        return Interval(log_bound(self.lo, False), log_bound(self.hi, True))

    def down(self, digits=12):
        """The lower end as a decimal, rounded down."""
        return decimal(self.lo, digits, False)

    def up(self, digits=12):
        """The upper end as a decimal, rounded up."""
        return decimal(self.hi, digits, True)


ZERO = Interval.point(0)
UNIT = Interval.point(ONE)


def _product(first, second):
    """The ends of a product in units of 2^-2BITS, exactly."""
    a, b, c, d = first.lo, first.hi, second.lo, second.hi
    if a >= 0 and c >= 0:
        return a * c, b * d
    products = (a * c, a * d, b * c, b * d)
    return min(products), max(products)


def dot(first, second):
    """The sum of the products of two sequences of the same length, rounded once."""
    lo = hi = 0
    for one, other in zip(first, second):
        least, most = _product(one, other)
        lo += least
        hi += most
    return Interval(lo >> BITS, -(-hi >> BITS))


def total(intervals):
    lo = hi = 0
    for interval in intervals:
        lo += interval.lo
        hi += interval.hi
    return Interval(lo, hi)


def norm_squared(intervals):
    return total(interval.square() for interval in intervals)


def decimal(end, digits, up):
    """end / 2^BITS in decimal with the given number of significant digits, rounded down or up."""
    if end == 0:
        return "0"
    sign = "-" if end < 0 else ""
    away = up == (end > 0)
    magnitude = abs(end)
    exponent = (magnitude.bit_length() - BITS) * 30103 // 100000 - digits
    while True:
        scaled = magnitude * 10**-exponent if exponent < 0 else magnitude
        mantissa = divide(scaled, ONE * (10**exponent if exponent > 0 else 1), away)
        if mantissa < 10**digits:
            break
        exponent += 1
    text = str(mantissa)
    point = exponent + len(text) - 1
    fraction = text[1:].rstrip("0")
    return f"{sign}{text[0]}{'.' + fraction if fraction else ''}e{point}"


# ---- exp and log: a bound from below (up = False) or from above (up = True) ------------------------------------------


@lru_cache(maxsize=None)
def _atanh(numerator, denominator, up):
    """A bound of atanh(numerator/denominator) in units of 2^-WORK, for a quotient in [0, 1/2]."""
    term = divide(numerator << _WORK, denominator, up)
    return _atanh_sum(term, up)


def _atanh_sum(term, up):
    """A bound of atanh(z) = z + z^3/3 + z^5/5 + ... for z = term / 2^WORK in [0, 1/2]."""
    square = shift(term * term, _WORK, up)
    result = term
    odd = 1
    while term > 1:
        odd += 2
        term = shift(term * square, _WORK, up)
        result += divide(term, odd, up)
    # The remainder is at most term·z²/(1 − z²) ≤ term/3 ≤ 1.
    return result + 1 if up else result


def _log_2(up):
    return 2 * _atanh(1, 3, up)


def log_bound(x, up):
    """A bound of log(x / 2^BITS), x > 0, in units of 2^-BITS."""
    exponent = x.bit_length() - 1
    mantissa = x << (_WORK - exponent) if exponent <= _WORK else shift(x, exponent - _WORK, up)
    # x/2^BITS = 2^(exponent - BITS) · mantissa, mantissa in [1, 2]; a table reduces it to 1 + t with |t| < 1/100.
    leading = mantissa >> (_WORK - 7)
    inverse = (1 << 20) // (2 * leading + 1)
    power = exponent - BITS
    result = power * _log_2(up if power >= 0 else not up)
    result += 2 * _atanh(4096 - inverse, 4096 + inverse, up)
    near_one = mantissa * inverse  # in units of 2^-(WORK + 12)
    t = near_one - (1 << (_WORK + 12))
    below = t < 0
    ratio = divide(abs(t) << _WORK, t + (2 << (_WORK + 12)), up != below)
    rest = 2 * _atanh_sum(ratio, up != below)
    result += -rest if below else rest
    return shift(result, _GUARD, up)


def _exp(v, up):
    """A bound of exp(v / 2^BITS) in units of 2^-BITS; arguments far below zero give 0 or one unit."""
    if v > 4096 * ONE:
        raise NotProved("an exponential is too large")
    if v < -BITS * ONE:  # exp(-BITS) < 2^-BITS
        return 1 if up else 0
    # v = power·log 2 + r with log 2 <= r < 3 log 2 (up to rounding), so r is certainly positive.
    power = (v << _GUARD) // _log_2(True) - 1
    r = (v << _GUARD) - power * _log_2(up if power < 0 else not up)
    t = shift(r, 9, up)  # below 1/200
    term = result = _WORK_ONE
    index = 0
    while term > 1:
        index += 1
        term = divide(shift(term * t, _WORK, up), index, up)
        result += term
    if up:
        result += 1  # the remainder is at most term·t/(1 − t) < 1
    for _ in range(9):
        result = shift(result * result, _WORK, up)
    power -= _GUARD
    return result << power if power >= 0 else shift(result, -power, up)
