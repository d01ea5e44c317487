"""A rule said no: news for a person, never a crash."""


class Refused(Exception):
    """One ask that cannot be. `code` is part of the public contract (docs/refusals.md);
    `facts` are the numbers and names its sentence needs, such as `over=3`."""

    def __init__(self, code: str, **facts: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.facts.items())])
