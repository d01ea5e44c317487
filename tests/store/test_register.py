"""The register, over every store: codes lead in, grants hold until revoked, and deleting leaves nothing."""

import pytest

from sessions.store.register import CodeTaken
from tests.store.conftest import Store
from tests.store.records import OTHER, SESSION, grant, link, record, session

CODE, OTHER_CODE = "BCDFGHJKL", "LKJHGFDCB"


@pytest.fixture(autouse=True)
async def two_sessions(store: Store) -> None:
    await store.add_session(session(), CODE)
    await store.add_session(session(OTHER, made=2_000, delete_by=99_000), OTHER_CODE)


async def test_a_code_leads_to_its_session(store: Store) -> None:
    assert await store.session_of_code(CODE) == session()
    assert await store.session(SESSION) == session()
    assert await store.session_of_code("NOSUCHCDE") is None
    assert await store.session("no such session") is None


async def test_a_code_that_is_taken_adds_no_session(store: Store) -> None:
    with pytest.raises(CodeTaken):
        await store.add_session(session("third"), CODE)
    assert await store.session("third") is None
    assert await store.session_of_code(CODE) == session()


async def test_a_new_code_leads_in_and_the_old_one_is_known_as_old(store: Store) -> None:
    await store.renew_code(SESSION, CODE, "NEWCDFGHJ", 5_000)
    assert await store.session_of_code(CODE) is None
    assert await store.session_of_old_code(CODE) == await store.session_of_code("NEWCDFGHJ") == session()
    assert await store.session_of_old_code("NEWCDFGHJ") is None
    # Asked for twice, and by two hosts: the code that took its place stands. Also with a clock set back.
    await store.renew_code(SESSION, CODE, "SECNDCDFG", 5_001)
    await store.renew_code(SESSION, OTHER_CODE, "SECNDCDFG", 5_001)
    await store.renew_code(SESSION, "NEWCDFGHJ", "THRDCDFGH", 4_000)
    assert await store.codes(SESSION) == [CODE, "NEWCDFGHJ", "THRDCDFGH"]
    assert await store.codes(OTHER) == [OTHER_CODE]
    assert [(each.id, code) for each, code in await store.sessions()] == [
        (OTHER, OTHER_CODE),
        (SESSION, "THRDCDFGH"),
    ]


async def test_no_session_gets_a_code_that_ever_was_another_s(store: Store) -> None:
    await store.renew_code(SESSION, CODE, "NEWCDFGHJ", 5_000)
    for taken in (CODE, "NEWCDFGHJ", OTHER_CODE):
        with pytest.raises(CodeTaken):
            await store.add_session(session("third"), taken)
        with pytest.raises(CodeTaken):
            await store.renew_code(OTHER, OTHER_CODE, taken, 6_000)
    assert await store.codes(OTHER) == [OTHER_CODE]


async def test_hosts_are_known_by_their_links_also_when_those_have_ended(store: Store) -> None:
    await store.add_link(link("sam", label="Sam"))
    for id, role, made_by in (
        ("one", "facilitator", "sam"),
        ("two", "facilitator", None),
        ("three", "wall", None),
        ("four", "participant", None),
    ):
        await store.add_grant(grant(id, role=role, link=made_by, person=id))
    await store.add_grant(grant("boss", role="organiser", session=None, person="boss"))
    await store.add_grant(grant("else", role="facilitator", session=OTHER, person="else"))
    await store.revoke_link("sam")
    assert {(host.person, host.label) for host in await store.hosts(SESSION)} == {
        ("one", "Sam"),
        ("two", ""),
        ("boss", ""),
    }


async def test_sessions_are_listed_with_their_codes_the_newest_first(store: Store) -> None:
    assert [(each.id, code) for each, code in await store.sessions()] == [
        (OTHER, OTHER_CODE),
        (SESSION, CODE),
    ]


async def test_a_session_remembers_that_it_was_closed_and_opened_again(store: Store) -> None:
    await store.set_closed(SESSION, 5_000)
    closed = await store.session(SESSION)
    assert closed is not None
    assert closed.closed == 5_000
    await store.set_closed(SESSION, None)
    assert await store.session(SESSION) == session()


async def test_grants_are_found_by_browser_by_ticket_and_by_session(store: Store) -> None:
    mine = grant(
        "mine",
        browser=b"one browser",
        ticket=b"ticket",
        group="g1",
        name="Ann",
        people=3,
        until=7,
        scribe=True,
        language="ur",
    )
    also_mine = grant("also", browser=b"one browser", session=None, role="organiser")
    await store.add_grant(mine)
    await store.add_grant(also_mine)
    await store.add_grant(grant("theirs"))
    assert await store.grants(b"one browser") == [mine, also_mine]
    assert await store.grant_of_ticket(b"ticket") == mine
    assert await store.grant_of_ticket(b"no ticket") is None
    assert {each.id for each in await store.grants_in(SESSION)} == {"mine", "theirs"}
    assert await store.grants(b"no browser") == []


async def test_a_revoked_grant_is_found_in_no_way(store: Store) -> None:
    mine = grant("mine", ticket=b"ticket")
    await store.add_grant(mine)
    await store.add_grant(grant("theirs", ticket=b"another"))
    await store.revoke("mine")
    assert await store.grants(mine.browser) == []
    assert await store.grant_of_ticket(b"ticket") is None
    assert [each.id for each in await store.grants_in(SESSION)] == ["theirs"]


async def test_a_person_changes_groups(store: Store) -> None:
    await store.add_grant(grant("mine", group="g1"))
    await store.set_seat(grant("mine", group="g2"))
    assert [each.group for each in await store.grants_in(SESSION)] == ["g2"]
    await store.set_seat(grant("mine", group=None))
    assert [each.group for each in await store.grants_in(SESSION)] == [None]


async def test_a_person_corrects_how_many_they_write_for_and_what_they_read(store: Store) -> None:
    await store.add_grant(grant("mine", people=3, scribe=True))
    changed = grant("mine", people=5, scribe=True, language="cy")
    await store.set_seat(changed)
    assert await store.grants_in(SESSION) == [changed]


async def test_who_is_let_go_is_counted_and_led_to_by_nothing(store: Store) -> None:
    mine = grant("mine", ticket=b"ticket", people=3)
    await store.add_grant(mine)
    await store.add_grant(grant("theirs"))
    await store.let_go("mine")
    assert await store.grants(mine.browser) == []
    assert await store.grant_of_ticket(b"ticket") is None
    assert sum(each.people for each in await store.grants_in(SESSION)) == 4
    await store.let_go("theirs")
    assert len(await store.grants_in(SESSION)) == 2, "two may be let go of one session"


async def test_links_are_found_used_and_revoked_with_the_grants_they_made(store: Store) -> None:
    await store.add_link(link("sam"))
    await store.add_link(link("kim", label="Kim", role="wall"))
    await store.use_link("sam", 4_000)
    assert await store.link_of_secret(link("sam").secret) == link("sam", used=4_000)
    for id, made_by in (("one", "sam"), ("two", "sam"), ("three", "kim"), ("four", None)):
        await store.add_grant(grant(id, link=made_by))
    assert set(await store.revoke_link("sam")) == {"one", "two"}
    assert await store.link_of_secret(link("sam").secret) is None
    assert [each.id for each in await store.links_in(SESSION)] == ["kim"]
    assert {each.id for each in await store.grants_in(SESSION)} == {"three", "four"}
    assert await store.revoke_link("sam") == []


async def test_deleting_leaves_nothing_of_a_session_and_all_of_the_others(store: Store) -> None:
    await store.append(SESSION, [record(1)])
    await store.append(OTHER, [record(1)])
    await store.add_grant(grant("mine", ticket=b"ticket"))
    await store.add_grant(grant("theirs", session=OTHER))
    await store.add_grant(grant("organiser", session=None))
    await store.add_link(link("sam"))
    await store.renew_code(SESSION, CODE, "NEWCDFGHJ", 5_000)
    await store.delete_session(SESSION)
    assert await store.session_of_old_code(CODE) is None
    assert await store.hosts(SESSION) == await store.hosts("no such session")
    assert await store.session(SESSION) is None
    assert await store.session_of_code(CODE) is None
    assert await store.after(SESSION, 0) == []
    assert await store.grants_in(SESSION) == []
    assert await store.grant_of_ticket(b"ticket") is None
    assert await store.link_of_secret(link("sam").secret) is None
    assert [code for _, code in await store.sessions()] == [OTHER_CODE]
    assert len(await store.after(OTHER, 0)) == len(await store.grants_in(OTHER)) == 1
    assert len(await store.grants(grant("organiser").browser)) == 1


async def test_a_session_is_overdue_from_its_delete_by_date_on(store: Store) -> None:
    assert await store.overdue(8_999) == []
    assert await store.overdue(9_000) == [SESSION]
    assert set(await store.overdue(99_000)) == {SESSION, OTHER}
