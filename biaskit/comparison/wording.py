"""
How does a number of a comparison stand in a sentence?

With two digits that count and never as a power of ten: "140 times as often", not "1.4e+02". A
p or q that is smaller than four decimals can show is said to be below them.
"""

from decimal import Decimal

__all__ = ["how_small", "two_digits"]

SMALLEST = 0.0001


def two_digits(x: float) -> str:
    """
    >>> two_digits(0.937), two_digits(3.26), two_digits(5_912.0), two_digits(0.000031)
    ('0.94', '3.3', '5,900', '0.000031')
    """
    return f"{Decimal(f'{x:.2g}'):,f}"


def how_small(name: str, p: float) -> str:
    """
    >>> how_small("q", 0.0372), how_small("p", 3.1e-9)
    ('q = 0.037', 'p < 0.0001')
    """
    return f"{name} < {SMALLEST:.4f}" if p < SMALLEST else f"{name} = {two_digits(p)}"
