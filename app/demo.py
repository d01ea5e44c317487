"""A workshop already alive: pretend phones over real sockets write a room's notes."""

from app.settings import Settings


async def demo(settings: Settings, minutes: float) -> None:
    """To come."""
