"""A coroutine that is run to its first wait at once ends as it would have in a task of its own."""

import asyncio

import pytest

from sessions.eager import eagerly


async def test_what_never_waits_is_done_at_once_and_needs_no_task() -> None:
    done = []

    async def quick() -> None:
        done.append(True)

    assert eagerly(quick()) is None
    assert done == [True]


async def test_what_fails_before_its_first_wait_fails_at_once() -> None:
    async def fails() -> None:
        raise ValueError("at once")

    with pytest.raises(ValueError, match="at once"):
        eagerly(fails())


async def test_what_waits_many_times_is_finished_in_order() -> None:
    steps = []
    gate = asyncio.Event()

    async def slow() -> None:
        steps.append("begun")
        await asyncio.sleep(0)
        steps.append("slept")
        await gate.wait()
        steps.append("opened")
        await asyncio.sleep(0.001)
        steps.append("done")

    task = eagerly(slow())
    assert task is not None
    assert steps == ["begun"]
    await asyncio.sleep(0.01)
    assert steps == ["begun", "slept"]
    gate.set()
    await task
    assert steps == ["begun", "slept", "opened", "done"]


async def test_what_fails_after_a_wait_fails_its_task() -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise ValueError("later")

    task = eagerly(fails())
    assert task is not None
    with pytest.raises(ValueError, match="later"):
        await task


async def test_a_first_wait_that_fails_can_be_caught_and_gone_on_from() -> None:
    steps = []
    failing: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def brave() -> None:
        try:
            await failing
        except OSError:
            steps.append("caught")
        await asyncio.sleep(0)
        steps.append("went on")

    task = eagerly(brave())
    assert task is not None
    failing.set_exception(OSError())
    await task
    assert steps == ["caught", "went on"]


async def test_a_first_wait_that_fails_can_be_the_end() -> None:
    failing: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def content() -> None:
        try:
            await failing
        except OSError:
            return

    task = eagerly(content())
    assert task is not None
    failing.set_exception(OSError())
    await task


@pytest.mark.parametrize("waits", [0, 1, 2])
async def test_cancelling_reaches_the_coroutine_and_its_tidying_up_may_wait(waits: int) -> None:
    steps = []
    forever = asyncio.Event()

    async def tidy() -> None:
        try:
            for _ in range(waits):
                await asyncio.sleep(0)
            await forever.wait()
        finally:
            await asyncio.sleep(0)
            steps.append("tidied")

    task = eagerly(tidy())
    assert task is not None
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert steps == ["tidied"]


async def test_a_wait_hands_its_value_on() -> None:
    got = []
    promised: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def takes() -> None:
        got.append(await promised)
        got.append(await promised)

    task = eagerly(takes())
    assert task is not None
    promised.set_result("news")
    await task
    assert got == ["news", "news"]
