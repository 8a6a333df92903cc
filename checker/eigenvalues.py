"""Lower bounds of the smallest eigenvalue, from an unverified Cholesky factor whose residual is computed exactly."""

from math import isqrt
from operator import mul

from intervals import BITS, NotProved, root_up


def factor(rows, sigma, bits=BITS):
    """An e with λ_min(A) ≥ sigma − e for a symmetric matrix A in units of 2^-bits, given by its lower triangle.

    This is the Frobenius norm of A − σI − LLᵀ, rounded up, for a lower triangular L in units of 2^-bits; None if the
    factorisation breaks down. Each entry of the residual is exactly the remainder of the division (or square root) that
    gives the entry of L; nothing else is assumed about L.
    """
    lower = []
    squares = 0
    for i, row in enumerate(rows):
        line = []
        for entry, other in zip(row, lower):
            rest = (entry << bits) - sum(map(mul, line, other))  # map stops at the end of line
            quotient, residual = divmod(rest, other[-1])
            line.append(quotient)
            squares += 2 * residual * residual
        rest = ((row[i] - sigma) << bits) - sum(map(mul, line, line))
        pivot = isqrt(rest) if rest > 0 else 0
        if pivot == 0:
            return None
        line.append(pivot)
        squares += (rest - pivot * pivot) ** 2
        lower.append(line)
    return -(-root_up(squares) >> bits)


def split(rows):
    """The lower triangle of midpoints, and an upper bound of the Frobenius norm of the radii, in units of 2^-BITS."""
    middle = [[(x.lo + x.hi) >> 1 for x in row] for row in rows]
    squares = sum(
        (2 if j < i else 1) * max(x.hi - m, m - x.lo) ** 2
        for i, (row, centres) in enumerate(zip(rows, middle))
        for j, (x, m) in enumerate(zip(row, centres))
    )
    return middle, root_up(squares)


def square(middle, radius):
    """The same for the square of a matrix within `radius` of `middle` in the Frobenius norm."""
    size = len(middle)
    full = [row + [middle[j][i] for j in range(i + 1, size)] for i, row in enumerate(middle)]
    rows = [[sum(map(mul, full[i], full[j])) >> BITS for j in range(i + 1)] for i in range(size)]
    # Every entry was rounded by less than a unit, and ‖(M + E)² − M²‖ ≤ (2‖M‖ + ‖E‖)‖E‖.
    return rows, size - (-(2 * norm(middle, 0) + radius) * radius >> BITS)


def norm(middle, radius):
    """An upper bound of the Frobenius norm of a symmetric matrix within `radius` of `middle`."""
    return radius + root_up(sum((2 if j < i else 1) * x * x for i, row in enumerate(middle) for j, x in enumerate(row)))


def least(middle, radius, sigma, name):
    """A positive lower bound of the smallest eigenvalue, in units of 2^-BITS, from the hint sigma."""
    loss = factor(middle, sigma)
    if loss is None:
        raise NotProved(f"{name} is too large a hint: the Cholesky factorisation breaks down")
    bound = sigma - loss - radius
    if bound <= 0:
        raise NotProved(f"the smallest eigenvalue that {name} hints at is not proved to be positive")
    return bound
