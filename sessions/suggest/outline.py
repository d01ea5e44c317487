"""A first division of notes into piles, before anybody has placed one: average linkage, down to a cut."""

from collections.abc import Sequence

from sessions.suggest.likeness import Row

CUT = 0.16
"""Groups whose notes are on average less alike than this stay apart."""

_OUT = -1e9
"""So little that it stays far below every cut, whatever it is averaged with."""


def groups(likeness: Sequence[Row], cut: float = CUT) -> list[list[int]]:
    """Every note in one group, alone if it is like no other; the largest groups first."""
    linking = _Linking(likeness)
    while linking.members:
        chain = [min(linking.members)]
        while chain:
            nearest, alike = linking.nearest(chain[-1], chain[-2] if len(chain) > 1 else None)
            if alike < cut:
                # Nothing that happens to others will bring this group nearer to any of them.
                linking.leave(chain.pop())
            elif len(chain) > 1 and nearest == chain[-2]:
                linking.join(chain.pop(), chain.pop())
            else:
                chain.append(nearest)
    done = [sorted(group) for group in linking.done]
    return sorted(done, key=lambda group: (-len(group), group))


class _Linking:
    """Groups that may still be joined, each known by one of its notes."""

    def __init__(self, likeness: Sequence[Row]) -> None:
        self.members = {i: [i] for i in range(len(likeness))}
        self.done: list[list[int]] = []
        self._rows = [row.copy() for row in likeness]
        for i, row in enumerate(self._rows):
            row[i] = _OUT

    def nearest(self, group: int, rather: int | None) -> tuple[int, float]:
        """The group most like this one, and how much; of equals `rather`, so that no chain goes in rings."""
        row = self._rows[group]
        alike = max(row)
        return (rather if rather is not None and row[rather] == alike else row.index(alike)), alike

    def join(self, one: int, other: int) -> None:
        a, b = len(self.members[one]), len(self.members[other])
        u, v = a / (a + b), b / (a + b)
        joined = [u * x + v * y for x, y in zip(self._rows[one], self._rows[other], strict=True)]
        self._rows[one] = joined
        for group in self.members:
            row = self._rows[group]
            row[one], row[other] = joined[group], _OUT
        self.members[one] += self.members.pop(other)

    def leave(self, group: int) -> None:
        self.done.append(self.members.pop(group))
        for other in self.members:
            self._rows[other][group] = _OUT
