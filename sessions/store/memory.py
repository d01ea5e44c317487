"""The store in memory: the same promises, for as long as the process lives."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sessions.store.log import Record, Taken
from sessions.store.register import CodeTaken, Grant, Host, Link, SessionRecord


class MemoryStore:
    """A Log and a Register."""

    def __init__(self) -> None:
        self._logs: dict[str, list[Record]] = {}
        self._sessions: dict[str, SessionRecord] = {}
        self._codes: dict[str, str] = {}
        self._old_codes: dict[str, str] = {}
        self._hosts: list[tuple[str | None, Host]] = []
        self._grants: dict[str, Grant] = {}
        self._links: dict[str, Link] = {}

    async def close(self) -> None:
        pass

    async def append(self, session: str, records: Sequence[Record]) -> None:
        log = self._logs.setdefault(session, [])
        keys = {(record.actor, record.key) for record in log}
        if any(record.seq != len(log) + 1 + place for place, record in enumerate(records)):
            raise Taken
        for record in records:
            if (record.actor, record.key) in keys:
                raise Taken
            keys.add((record.actor, record.key))
        log.extend(records)

    async def after(self, session: str, seq: int) -> list[Record]:
        return self._logs.get(session, [])[seq:]

    async def blank(self, session: str, facts: Mapping[int, bytes]) -> None:
        log = self._logs.get(session, [])
        for seq, fact in facts.items():
            log[seq - 1] = replace(log[seq - 1], fact=fact)

    async def count(self, session: str, kind: str) -> int:
        tag = f'{{"type":"{kind}"'.encode()
        return sum(record.fact.startswith(tag) for record in self._logs.get(session, []))

    async def add_session(self, session: SessionRecord, code: str) -> None:
        if code in self._codes or code in self._old_codes:
            raise CodeTaken
        self._sessions[session.id] = session
        self._codes[code] = session.id

    async def session(self, id: str) -> SessionRecord | None:
        return self._sessions.get(id)

    async def session_of_code(self, code: str) -> SessionRecord | None:
        return self._sessions.get(self._codes.get(code, ""))

    async def session_of_old_code(self, code: str) -> SessionRecord | None:
        return self._sessions.get(self._old_codes.get(code, ""))

    async def codes(self, session: str) -> list[str]:
        both = [*self._old_codes.items(), *self._codes.items()]
        return [code for code, id in both if id == session]

    async def renew_code(self, session: str, old: str, new: str, at: int) -> None:
        if self._codes.get(old) != session:
            return
        if new in self._codes or new in self._old_codes:
            raise CodeTaken
        self._old_codes[old] = self._codes.pop(old)
        self._codes[new] = session

    async def sessions(self) -> list[tuple[SessionRecord, str]]:
        found = [(self._sessions[id], code) for code, id in self._codes.items()]
        return sorted(found, key=lambda each: (-each[0].made, each[1]))

    async def set_closed(self, session: str, at: int | None) -> None:
        if session in self._sessions:
            self._sessions[session] = replace(self._sessions[session], closed=at)

    async def delete_session(self, session: str) -> None:
        self._logs.pop(session, None)
        self._sessions.pop(session, None)
        self._codes = {code: id for code, id in self._codes.items() if id != session}
        self._old_codes = {code: id for code, id in self._old_codes.items() if id != session}
        self._hosts = [each for each in self._hosts if each[0] != session]
        self._grants = {id: grant for id, grant in self._grants.items() if grant.session != session}
        self._links = {id: link for id, link in self._links.items() if link.session != session}

    async def overdue(self, now: int) -> list[str]:
        return [id for id, session in self._sessions.items() if session.delete_by <= now]

    async def add_grant(self, grant: Grant) -> None:
        self._grants[grant.id] = grant
        link = self._links.get(grant.link or "")
        if grant.role in ("facilitator", "organiser"):
            host = Host(grant.person, grant.role, link.label if link else "")
            self._hosts.append((grant.session, host))

    async def grants(self, browser: bytes) -> list[Grant]:
        return [grant for grant in self._grants.values() if grant.browser == browser]

    async def grant_of_ticket(self, ticket: bytes) -> Grant | None:
        return next((grant for grant in self._grants.values() if grant.ticket == ticket), None)

    async def grants_in(self, session: str) -> list[Grant]:
        return [grant for grant in self._grants.values() if grant.session == session]

    async def hosts(self, session: str) -> list[Host]:
        return [host for where, host in self._hosts if where == session or host.role == "organiser"]

    async def set_seat(self, grant: Grant) -> None:
        if grant.id in self._grants:
            seat = {"group": grant.group, "people": grant.people, "language": grant.language}
            self._grants[grant.id] = replace(self._grants[grant.id], **seat)

    async def let_go(self, grant: str) -> None:
        if grant in self._grants:
            self._grants[grant] = replace(self._grants[grant], browser=b"", ticket=None)

    async def revoke(self, grant: str) -> None:
        self._grants.pop(grant, None)

    async def add_link(self, link: Link) -> None:
        self._links[link.id] = link

    async def link_of_secret(self, secret: bytes) -> Link | None:
        return next((link for link in self._links.values() if link.secret == secret), None)

    async def links_in(self, session: str) -> list[Link]:
        return [link for link in self._links.values() if link.session == session]

    async def use_link(self, link: str, at: int) -> None:
        if link in self._links:
            self._links[link] = replace(self._links[link], used=at)

    async def revoke_link(self, link: str) -> list[str]:
        self._links.pop(link, None)
        ended = [grant.id for grant in self._grants.values() if grant.link == link]
        for grant in ended:
            del self._grants[grant]
        return ended
