"""The documents say what the code does: settings, refusals, the wire, the HTTP interface."""

import ast
import json
import re
import tomllib
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app import errors, papers
from app.cli import main
from app.settings import Settings
from sessions.domain.refused import Refused
from tests.app.client import People, Refusal, new_id
from tests.app.running import process

HOUSE = Path(__file__).parents[2]


def document(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((papers.DOCS / name).read_text("utf-8"))
    return read


def test_the_documents_that_are_made_from_the_code_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "--check"]) == 0, f"run `make contract`: {capsys.readouterr().out}"


def test_a_document_that_is_not_fresh_is_named_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(papers, "papers", lambda: {tmp_path / "docs" / "asyncapi.json": "{}\n"})
    assert main(["contract", "--check"]) == 1
    assert main(["contract"]) == 0
    assert main(["contract", "--check"]) == 0
    assert capsys.readouterr().out == "stale: asyncapi.json\nwrote: asyncapi.json\n"


def rows(page: str) -> list[list[str]]:
    lines = re.findall(r"^\| (`.+) \|$", (papers.DOCS / page).read_text("utf-8"), re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def test_every_setting_is_explained_as_it_is() -> None:
    expected = []
    for name, field in Settings.model_fields.items():
        variable = field.validation_alias or f"EUTOPIA_{name.upper()}"
        default = "unset" if field.default in ("", None) else f"`{str(field.default).lower()}`"
        expected.append([f"`{variable}`", default, field.description])
    assert rows("settings.md") == expected


def test_a_setting_is_read_from_the_variable_that_the_page_names(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"int": "17", "str": "https://rooms.example.org", "Path": "/somewhere", "bool": "true"}
    plain = Settings()
    for (cell, _, _), (name, field) in zip(rows("settings.md"), Settings.model_fields.items(), strict=True):
        kind = re.sub(r".*?(int|str|Path|bool).*", r"\1", str(field.annotation))
        monkeypatch.setenv(cell.strip("`"), values[kind])
        assert getattr(Settings(), name) != getattr(plain, name), name


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "-1"), ("PORT", "web"), ("EUTOPIA_KEEP_DAYS", "0"), ("EUTOPIA_KEEP_DAYS", "100000"),
     ("EUTOPIA_PUBLIC_URL", "rooms.example.org"), ("EUTOPIA_PUBLIC_URL", "https://rooms.example.org/path")],
)  # fmt: skip
def test_a_wrong_setting_is_named_and_nothing_starts(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert main([]) == 2
    assert name.removeprefix("EUTOPIA_").lower() in capsys.readouterr().err.lower()


def test_every_sentence_of_a_refusal_has_its_code() -> None:
    sentences = tomllib.loads((HOUSE / "app/words/en.toml").read_text("utf-8"))["refused"]
    said = set()
    for file in [*(HOUSE / "app").rglob("*.py"), *(HOUSE / "sessions").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and file.name != "errors.py":
                said.add(node.value)
    assert set(sentences) <= said
    assert set(errors.STATUS) <= set(sentences)


def test_a_refusal_of_the_domain_is_a_conflict_and_none_is_a_fault() -> None:
    assert errors.status(Refused("note.gone")) == 409
    assert {code for code, status in errors.STATUS.items() if status >= 500} == {
        "rehearsal.crowded",
        "server.fault",
        "server.going",
        "session.crowded",
        "session.damaged",
        "storage.broken",
        "storage.full",
        "storage.trouble",
    }


def test_the_socket_is_described_whole() -> None:
    paper = document("asyncapi.json")
    assert paper["asyncapi"].startswith("3.")
    schemas = paper["components"]["schemas"]
    referred = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(paper)))
    assert referred <= schemas.keys()
    for _name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
    for channel in re.findall(r'"#(/channels/[^"]+)"', json.dumps(paper)):
        part: Any = paper
        for step in channel.strip("/").split("/"):
            part = part[step]


def test_the_http_interface_is_described_whole() -> None:
    paper = document("openapi.json")
    assert paper["openapi"].startswith("3.")
    referred = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(paper)))
    assert referred <= paper["components"]["schemas"].keys()
    for schema in paper["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert {
        "/api/enter",
        "/api/sessions",
        "/api/sessions/{code}/join",
        "/api/sessions/{code}/asks",
        "/api/sessions/{code}/changes",
        "/api/sessions/{code}/links/{link}",
    } <= paper["paths"].keys()
    for path, methods in paper["paths"].items():
        for method, operation in methods.items():
            named = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path)), (method, path)


def validator(name: str) -> Draft202012Validator:
    schemas = document("asyncapi.json")["components"]["schemas"]
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}})


async def test_every_frame_of_a_real_session_is_as_described(people: People) -> None:
    workshop = await people.workshop()
    phone, host = await people.phone(workshop, "g1"), await people.host(workshop)
    told, sent = validator("FromServer"), validator("FromDevice")
    note, pile, line = new_id(), new_id(), new_id()
    async with AsyncExitStack() as stack:
        seat = await stack.enter_async_context(phone.live())
        desk = await stack.enter_async_context(host.live("facilitator"))
        wall = await stack.enter_async_context(host.live("wall"))

        async def ask(who: Any, **fields: Any) -> None:
            frame = {"type": "ask", "key": new_id(), "ask": fields}
            sent.validate(frame)
            await who.put(frame["ask"], frame["key"])

        await ask(seat, type="note.add", id=note, zone="matrix.social", text="walk")
        await ask(desk, type="stage.open", stage="matrix-together")
        await ask(desk, type="timer.set", seconds=60)
        await ask(desk, type="theme.make", id=pile, title="Walking")
        await ask(desk, type="notes.place", notes=[note], theme=pile)
        await ask(desk, type="item.make", id=line, text="Walk", theme=pile)
        await ask(wall, type="wall.show", manner="read", of=pile)
        await ask(desk, type="stage.open", stage="list")
        for who in (seat, desk, wall):
            with pytest.raises(Refusal):
                await ask(who, type="note.take_back", id=new_id())
            await who.send({"type": "beat", "seen": who.rows.to})
            await who.hear("now")
        await phone.post(f"/api/sessions/{workshop.code}/leave")
        await seat.end()
        kinds = set()
        for who in (seat, desk, wall):
            for frame in who.heard:
                told.validate(frame)
                kinds |= {frame["type"]} | {row["kind"] for row in frame.get("put", [])}
    assert {"welcome", "change", "done", "refused", "now", "going"} <= kinds
    assert {
        "stage",
        "clock",
        "screen",
        "zone",
        "count",
        "note",
        "mine",
        "origin",
        "theme",
        "place",
        "item",
    } <= kinds
    for bad in (
        {"type": "fly"},
        {"type": "done", "key": 1, "seq": 1, "mark": ""},
        {"type": "change", "from": 0},
    ):
        assert not told.is_valid(bad), "the description has to be able to say no"


async def test_the_server_says_where_it_is_and_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "mine" / "plans").mkdir(parents=True)
    (tmp_path / "mine" / "plans" / "wrong.toml").write_text('title = "Wrong"\nminuets = 45\n')
    with process(tmp_path / "data", plans=tmp_path / "mine") as server:
        async with People(server.origin, server.key) as people:
            with pytest.raises(Refusal, match="no such plan"):
                await people.workshop(plan="wrong")
            await people.workshop(plan="blank")
        assert server.stop() == 0
        said = server.log.read_text()
    assert f"{server.origin}/start#{server.key}" in said
    assert str(tmp_path / "data") in said
    assert "wrong.toml" in said
    assert "minuets" in said
    assert "Traceback" not in said
    # It listens to this machine alone: no address is promised to phones.
    assert "HOST lets this machine alone in" in said
