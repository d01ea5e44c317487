"""A device where sockets are blocked: asks by POST, changes by long poll, all else alike."""

import asyncio
import json
from urllib.parse import urlencode

from tests.simulation.device import Device
from tests.simulation.history import Asked, Json
from tests.simulation.visit import Answer


class PlainDevice(Device):
    """The same where sockets are blocked: asks by POST, changes by long poll."""

    async def _connected(self) -> None:
        path = f"/api/sessions/{self.place.code}"
        self._known()
        hello = await self._get(f"{path}/changes", {"as": self.role, "hello": "1"})

        async def send(asked: Asked) -> None:
            body = {"asks": [{"key": asked.key, "ask": asked.ask}]}
            try:
                answer = await self._shared.visit(
                    self.way, "POST", f"{path}/asks?as={self.role}", body, self.cookie
                )
                replies = answer.json["replies"] if answer.status == 200 else []
            except (OSError, ValueError, KeyError, TypeError):
                replies = []
            for reply in replies:
                self.take(json.dumps(reply))
            if not replies and self._sent is asked:
                # No answer, or not one of ours: the same again, a little later.
                await asyncio.sleep(self.chance.random())
                self._next(asked)

        self._send = send
        self.take(hello.body)
        while True:
            known: Json = {"as": self.role, "since": self.rows.to}
            if self._view is not None:
                known["view"] = self._view
            if self._witness is not None:
                known["witness"] = f"{self._witness['seq']}-{self._witness['mark']}"
            self._greeted_from = self.rows.to
            answer = await self._get(f"{path}/changes", known)
            if answer.status == 200:
                self.take(answer.body)

    async def _get(self, path: str, query: Json) -> Answer:
        """An answer of ours, and nothing that a portal made up. Raises OSError."""
        answer = await self._shared.visit(self.way, "GET", f"{path}?{urlencode(query)}", None, self.cookie)
        ours = answer.headers.get("content-type", "").startswith("application/json") or answer.status == 204
        if answer.status not in (200, 204) or not ours:
            raise ConnectionError(f"{answer.status} is no answer")
        return answer
