"""The vote as one would explain it to a newcomer: what each person said last, counted when asked."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from sessions.domain import asks
from sessions.domain.asks import Ask

Json = dict[str, Any]

OF_PEOPLE = (asks.CastVote, asks.FeelLine, asks.HelpLine, asks.TakeBackHelp)
OF_HOSTS = (asks.OpenVotes, asks.CloseVotes, asks.ReopenVotes, asks.RevealVotes, asks.ShowFeelings)


class ReferenceVotes:
    """`is_line`: whether a line stands now."""

    def __init__(self, is_line: Callable[[str], bool]) -> None:
        self.is_line = is_line
        self.round = self.budget = 0
        self.items: tuple[str, ...] = ()
        self.open = self.revealed = self.consent = False
        self.dots: dict[str, dict[str, int]] = {}
        self.said: dict[str, Json] = {}

    def take(self, ask: Ask, by: str) -> None:
        match ask:
            case asks.OpenVotes(items, budget):
                self.round, self.budget, self.items = self.round + 1, budget, tuple(dict.fromkeys(items))
                self.open, self.revealed, self.dots = True, False, {}
            case asks.CloseVotes():
                self.open = False
            case asks.ReopenVotes():
                self.open = True
            case asks.RevealVotes():
                self.open, self.revealed = False, True
            case asks.CastVote(item, dots):
                self.dots.setdefault(by, {})[item] = dots
            case asks.ShowFeelings():
                self.consent = True
            case asks.FeelLine(id, item, feel, why):
                self.instead("feeling", item, by)
                self.said[id] = {"kind": "feeling", "by": by, "item": item, "feel": feel, "why": why}
            case asks.HelpLine(id, item, name, agree):
                self.instead("help", item, by)
                told = {"name": name, "agree": agree and bool(name)}
                self.said[id] = {"kind": "help", "by": by, "item": item} | told
            case asks.TakeBackHelp(id):
                self.said[id]["kind"] = "gone"

    def instead(self, kind: str, item: str, by: str) -> None:
        for each in self.said.values():
            if (each["kind"], each["item"], each["by"]) == (kind, item, by):
                each["kind"] = "gone"

    def refusal(self, ask: Ask, by: str, closed: bool, is_open: bool) -> str | None:
        """`is_open`: the room can read the list."""
        match ask:
            case asks.OpenVotes(items):
                if closed:
                    return "session.closed"
                stand = all(map(self.is_line, items))
                return "votes.no_list" if not is_open else None if stand else "item.gone"
            case asks.CloseVotes():
                return None if self.open else "vote.closed"
            case asks.ReopenVotes() | asks.RevealVotes():
                return "votes.shown" if self.revealed else None if self.round else "vote.closed"
            case asks.CastVote(item, dots):
                if closed:
                    return "session.closed"
                if not self.open:
                    return "vote.closed"
                if item not in self.items:
                    return "vote.elsewhere"
                if dots and not self.is_line(item):
                    return "item.gone"
                spent = sum(n for each, n in self.mine(by).items() if each != item and self.is_line(each))
                over = spent + dots > self.budget
                return "vote.too_many" if dots > 3 else "vote.spent" if over else None
            case asks.FeelLine(id, item) | asks.HelpLine(id, item):
                if closed:
                    return "session.closed"
                here = is_open and self.is_line(item)
                return "item.gone" if not here else "id.taken" if id in self.said else None
            case asks.TakeBackHelp(id):
                said = self.said.get(id, {"kind": "", "by": ""})
                return None if (said["kind"], said["by"]) == ("help", by) else "help.gone"
        return None

    def mine(self, by: str) -> dict[str, int]:
        return {item: n for item, n in self.dots.get(by, {}).items() if n}

    def rows(self, viewer: str, role: str) -> list[Json]:
        host, screen = role == "facilitator", role != "participant"
        rows: list[Json] = []
        standing = [item for item in self.items if self.is_line(item)]
        if self.round:
            vote = {"round": self.round, "items": standing, "budget": self.budget}
            vote |= {"open": self.open, "revealed": self.revealed}
            rows.append({"kind": "votes", "id": "votes"} | vote)
            if screen:
                voted = sum(bool(self.mine(by)) for by in self.dots)
                rows.append({"kind": "turnout", "id": "turnout", "round": self.round, "people": voted})
        for item in standing if self.revealed else ():
            n = sum(each.get(item, 0) for each in self.dots.values())
            rows.append({"kind": "tally", "id": f"tally:{item}", "item": item, "dots": n})
        if viewer in self.dots and role == "participant":
            id = f"ballot:{blake2b(viewer.encode(), digest_size=9).hexdigest()}"
            dots = [{"item": item, "dots": n} for item, n in sorted(self.mine(viewer).items())]
            rows.append({"kind": "ballot", "id": id, "round": self.round, "dots": dots})
        if self.consent:
            rows.append({"kind": "consent", "id": "consent", "shown": True})
        here = {
            id: said
            for id, said in self.said.items()
            if said["kind"] != "gone" and self.is_line(said["item"])
        }
        for item in {said["item"] for said in here.values()}:
            feels = [
                said["feel"] for said in here.values() if said["item"] == item and said["kind"] == "feeling"
            ]
            worried, stop = feels.count("worry"), feels.count("stop")
            if (worried or stop) and (host or self.consent):
                felt = {"item": item, "worried": worried, "stop": stop}
                rows.append({"kind": "felt", "id": f"felt:{item}"} | felt)
        for id, said in here.items():
            mine = role == "participant" and said["by"] == viewer
            if said["kind"] == "feeling":
                told = {name: said[name] for name in ("item", "feel", "why")}
                if mine:
                    rows.append({"kind": "feeling", "id": f"feeling:{id}", "hands": 1} | told)
                if host and said["why"] and said["feel"] != "live":
                    rows.append({"kind": "worry", "id": f"worry:{id}"} | told)
            else:
                told = {name: said[name] for name in ("item", "name")}
                if mine:
                    rows.append({"kind": "helping", "id": f"helping:{id}", "agree": said["agree"]} | told)
                if said["name"] and not said["agree"]:
                    told["private"] = True
                if host or said["agree"]:
                    rows.append({"kind": "offer", "id": f"offer:{id}"} | told)
        return rows
