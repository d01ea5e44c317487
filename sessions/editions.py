"""What is new for a roomful: looked up once for everybody, and again only for the few it differs for."""

from sessions.domain.reach import Audience, News, Rows, Viewer
from sessions.domain.rights import Role


class Edition:
    """The news after `n` for the seats of one role. `news` holds for every viewer that it `fits`."""

    def __init__(self, rows: Rows, role: Role, n: int) -> None:
        everybody = Viewer(role)
        self.news: News = rows.since(everybody, n)
        apart = [standing for standing in rows.newer(n) if not standing.shown_to(everybody)]
        self._persons = {standing.author for standing in apart}
        self._groups = {standing.group for standing in apart if Audience.GROUP & standing.had}

    def fits(self, viewer: Viewer) -> bool:
        """Nothing in it is other for this viewer than for everybody."""
        return viewer.person not in self._persons and viewer.group not in self._groups
