"""The log, over every store: all or none, in order, each number and key once, and only words emptied."""

import asyncio

import pytest

from sessions.store.log import Taken
from tests.store.conftest import Store
from tests.store.records import OTHER, SESSION, record, session


@pytest.fixture(autouse=True)
async def two_sessions(store: Store) -> None:
    await store.add_session(session(), "BCDFGHJKL")
    await store.add_session(session(OTHER), "LKJHGFDCB")


async def test_records_come_back_as_they_were_given_and_in_order(store: Store) -> None:
    records = [
        record(seq, fact=f'{{"type":"note.added","text":"żółć 👩🏾‍🦽 {seq}"}}'.encode())
        for seq in range(1, 6)
    ]
    await store.append(SESSION, records[:2])
    await store.append(SESSION, records[2:])
    assert await store.after(SESSION, 0) == records
    assert await store.after(SESSION, 3) == records[3:]
    assert await store.after(SESSION, 5) == []


@pytest.mark.parametrize(
    "late",
    [
        [record(3, key="new"), record(2, key="newer")],
        [record(3, key="new"), record(4, key="key-1")],
        [record(3, key="new"), record(4, key="new")],
    ],
    ids=["a used number", "a used key", "a key twice"],
)
async def test_a_used_number_or_key_is_taken_and_nothing_of_the_turn_is_written(store: Store, late) -> None:
    before = [record(1), record(2)]
    await store.append(SESSION, before)
    with pytest.raises(Taken):
        await store.append(SESSION, late)
    assert await store.after(SESSION, 0) == before


async def test_the_same_key_of_another_person_or_session_is_another_key(store: Store) -> None:
    await store.append(SESSION, [record(1, key="same"), record(2, key="same", actor="bob")])
    await store.append(OTHER, [record(1, key="same")])
    assert len(await store.after(SESSION, 0)) == 2
    assert len(await store.after(OTHER, 0)) == 1


async def test_a_log_can_go_on_after_it_refused(store: Store) -> None:
    await store.append(SESSION, [record(1)])
    with pytest.raises(Taken):
        await store.append(SESSION, [record(1)])
    await store.append(SESSION, [record(2)])
    assert [each.seq for each in await store.after(SESSION, 0)] == [1, 2]


async def test_of_two_writers_with_the_same_number_one_wins(store: Store) -> None:
    both = [store.append(SESSION, [record(1, key="ours")]), store.append(SESSION, [record(1, key="theirs")])]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [Taken]
    assert len(await store.after(SESSION, 0)) == 1


async def test_blank_changes_the_fact_and_nothing_else(store: Store) -> None:
    records = [record(seq) for seq in range(1, 5)]
    await store.append(SESSION, records)
    await store.append(OTHER, records)
    await store.blank(SESSION, {2: b"{}", 4: b"[]"})
    kept = await store.after(SESSION, 0)
    assert [each.fact for each in kept] == [records[0].fact, b"{}", records[2].fact, b"[]"]
    for name in ("seq", "at", "actor", "key", "digest", "mark"):
        assert [getattr(each, name) for each in kept] == [getattr(each, name) for each in records]
    assert await store.after(OTHER, 0) == records


async def test_a_blanked_key_is_used_still(store: Store) -> None:
    await store.append(SESSION, [record(1)])
    await store.blank(SESSION, {1: b"{}"})
    with pytest.raises(Taken):
        await store.append(SESSION, [record(2, key="key-1")])


async def test_facts_are_counted_by_their_kind(store: Store) -> None:
    facts = [
        b'{"type":"note.added","text":"a"}',
        b'{"type":"note.edited","text":"{\\"type\\":\\"note.added\\""}',
    ]
    await store.append(SESSION, [record(place, fact=fact) for place, fact in enumerate(facts, 1)])
    assert await store.count(SESSION, "note.added") == 1
    assert await store.count(OTHER, "note.added") == 0
