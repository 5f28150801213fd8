"""The transformation of a plane, as the pages of PDF and OFD write it."""

from __future__ import annotations

from typing import Final, NamedTuple

_SLANT: Final = 0.1
"""The tangent of 6°: text less oblique is read as level, as a slightly rotated scan is."""
_ALIKE: Final = 1e-6
"""The part of a length by which two directions may differ that are enlarged alike: the rounding of a file."""


class Matrix(NamedTuple):
    """A transformation (ISO 32000-1 8.3.3, GB/T 33190 8.5): x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """This transformation, and `after` applied to its result."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def turns(self) -> bool:
        """Whether transformed text does not run from left to right."""
        return abs(self.b) > _SLANT * abs(self.a) or self.a <= 0

    @property
    def is_upright(self) -> bool:
        """Whether it enlarges both directions alike and turns nothing."""
        return self.b == self.c == 0 and self.a > 0 and abs(self.a - self.d) < _ALIKE * self.a

    @property
    def scale(self) -> float:
        """By how much it enlarges lengths, in the mean of the two directions."""
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)
