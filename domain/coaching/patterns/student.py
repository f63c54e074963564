"""Student's t distribution."""

from math import atan, cos, pi, sin, sqrt


def beyond(score: float, freedom: int) -> float:
    """How often a t with so many whole degrees of freedom lies as far from zero, either way (Abramowitz and Stegun 1972, 26.7.3-4)."""
    angle = atan(abs(score) / sqrt(freedom))
    square, is_odd = cos(angle) ** 2, freedom % 2
    term, terms = (cos(angle), 0.0) if is_odd else (1.0, 0.0)
    for step in range(2 + is_odd, freedom + 1, 2):
        terms += term
        term *= square * (step - 1) / step
    within = 2 / pi * (angle + sin(angle) * terms) if is_odd else sin(angle) * terms
    return max(0.0, 1 - within)
