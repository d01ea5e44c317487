"""What was measured, in lines for people; and beside it what was wanted, met or not."""

from typing import NamedTuple

from tests.flood.machine import Machine
from tests.flood.runs import KIB, MIB, WALL_MS, Flood, Idle, Joins, Knee

FLUSH_SLACK_MS = 15
SLOW_DOWN = "slow.down"
QUIET = 0.25
"""Of a core, taken by other programs: above this, figures are theirs too."""


class Goal(NamedTuple):
    """What the project wants of itself. `least`: more is better."""

    what: str
    wanted: float
    measured: float | None
    unit: str
    least: bool = False

    @property
    def is_met(self) -> bool:
        if self.measured is None:
            return False
        return self.measured >= self.wanted if self.least else self.measured <= self.wanted

    def __str__(self) -> str:
        bound = "at least" if self.least else "at most"
        measured = "not seen from here" if self.measured is None else f"{self.measured:,.4g}"
        verdict = "met" if self.is_met else "NOT MET"
        return f"{verdict:8}{self.what}: {measured} (wanted: {bound} {self.wanted:,.4g} {self.unit})"


def flood_lines(run: Flood, title: str = "") -> list[str]:
    walls = f"{run.walls} wall{'' if run.walls == 1 else 's'}"
    lines = [
        title
        or f"{run.phones} phones, {walls}, {run.rate:g} notes/s, {run.notes} notes in {run.seconds:.2f} s",
        f"  saved       {run.saved}",
        f"  wall        {run.wall}",
        f"  phones      {run.phone}",
        f"  deliveries  {run.deliveries:,}, {run.deliveries / run.seconds:,.0f}/s;"
        f" loss {run.loss}, duplicates {run.duplicates}, gaps {run.gaps}, unanswered {run.unanswered}",
        f"  frames      {run.frames:,}, {run.frames / run.seconds:,.0f}/s,"
        f" {run.deliveries / max(1, run.frames):.2f} notes a frame",
    ]
    if run.server_cpu is None:
        lines.append("  server      out of sight: processor and memory are not known")
    else:
        assert run.us_a_frame is not None
        assert run.memory is not None
        # A server that had a crowd before takes its memory again, and needs none.
        more = run.seat_memory or 0
        each = f", {more / KIB:.0f} KiB for each seat" if more > KIB else ""
        lines += [
            f"  server      {run.server_cpu / run.seconds:.0%} of a core, {run.us_a_frame:.1f} us a frame"
            f" ({(run.server_kernel or 0) / max(run.server_cpu, 0.01):.0%} of it in the kernel),"
            f" {run.s_a_thousand:.4f} s per 1,000 deliveries",
            f"  memory      {run.memory / MIB:.0f} MiB{each}",
        ]
    lines.append(
        f"  flood       {run.client_share:.0%} of a core, at most {run.behind:.0f} ms behind its plan"
    )
    return lines + [f"  {warning}" for warning in _warnings(run)]


def _warnings(run: Flood) -> list[str]:
    said = []
    if run.again:
        said.append(f"notes that had to be sent once more: {_counted(run.again)}")
    if SLOW_DOWN in run.again:
        said.append("limits of each person set the pace here, not the server: more phones, or a lower --rate")
    if run.refused:
        said.append(f"refused for good: {_counted(run.refused)}")
    if run.ended:
        said.append(f"sockets that the server ended: {_counted(run.ended)}")
    if run.others_share and run.others_share > QUIET:
        said.append(f"other programs took {run.others_share:.0%} of a core meanwhile: not a quiet machine")
    if run.client_is_the_limit:
        said.append("the flood itself could not keep up: these times are not the server's alone")
    return said


def _counted(times: dict[str, int]) -> str:
    return ", ".join(f"{what} ({many})" for what, many in times.items())


def knee_lines(knee: Knee) -> list[str]:
    rows = [
        f"  {step.rate:6,.0f}/s  wall {step.wall.p50:7.1f} {step.wall.p99:7.1f}"
        f"   phones {step.phone.p50:7.1f} {step.phone.p99:7.1f}   saved {step.saved.p99:7.1f}"
        f"   server {_share(step)}, flood {step.client_share:4.0%}"
        + ("" if step.is_whole else f"   loss {step.loss}, duplicates {step.duplicates}")
        for step in knee.steps
    ]
    first = knee.steps[0]
    lines = [
        f"knee with {first.phones} phones: notes/s, and ms: wall p50 p99, phones p50 p99, saved p99",
        *rows,
        f"  knee: {knee.rate:,.0f} notes/s{' and more' if knee.is_end else ''} with the wall's p99"
        f" under {WALL_MS} ms, {knee.rate * (first.phones + first.walls):,.0f} deliveries/s",
    ]
    others = max((step.others_share or 0) for step in knee.steps)
    if others > QUIET:
        lines.append(f"  other programs took up to {others:.0%} of a core meanwhile: not a quiet machine")
    if knee.client_is_the_limit:
        lines.append("  the flood itself could not keep up above that: the server's own knee may lie higher")
    return lines


def _share(run: Flood) -> str:
    return "?" if run.server_cpu is None else f"{run.server_cpu / run.seconds:4.0%}"


def joins_lines(run: Joins) -> list[str]:
    lines = [
        f"{run.joins} joins in {run.seconds:g} s onto a board of {run.notes} notes",
        f"  the join itself            {run.post}",
        f"  socket opened to board     {run.board}",
        f"  join sent to board         {run.whole}",
        f"  told less than the board   {run.incomplete}",
    ]
    if run.server_cpu is not None:
        lines.append(
            f"  server                     {run.server_cpu / run.joins * 1000:.1f} ms of processor a join"
        )
    return lines


def idle_lines(run: Idle) -> list[str]:
    rooms = f"{run.rooms} room{'' if run.rooms == 1 else 's'}"
    lines = [f"{run.sockets:,} sockets that only sit there, {rooms}, {run.seconds:g} s"]
    if run.memory is None or run.a_seat is None:
        lines.append("  server      out of sight: its memory is not known")
    else:
        lines.append(f"  memory      {run.memory / MIB:.0f} MiB in all, {run.a_seat / KIB:.1f} KiB a seat")
    if run.ended:
        lines.append(f"  sockets that the server ended: {_counted(run.ended)}")
    return lines


def full_room_goals(run: Flood, machine: Machine) -> list[Goal]:
    """Of 500 phones and a wall at 50 notes/s."""
    return [
        Goal(
            "lost, doubled or unanswered", 0, run.loss + run.duplicates + run.gaps + run.unanswered, "of all"
        ),
        Goal("processor a frame", 25, run.us_a_frame, "us"),
        Goal("processor per 1,000 deliveries", 0.009, run.s_a_thousand, "s"),
        Goal("wall p99", (machine.flush_ms or 0) + FLUSH_SLACK_MS, run.wall.p99, "ms, a flush and 15"),
        Goal("phones p99", 45, run.phone.p99, "ms"),
    ]


def burst_goals(run: Flood) -> list[Goal]:
    """Of 500 notes within one second, to 501."""
    return [
        Goal(
            "lost, doubled or unanswered", 0, run.loss + run.duplicates + run.gaps + run.unanswered, "of all"
        ),
        Goal("all delivered after", 1.05, run.seconds, "s"),
        Goal("phones p99", 60, run.phone.p99, "ms"),
    ]


def joins_goals(run: Joins) -> list[Goal]:
    """Of 500 joins in 5 s onto 300 notes."""
    return [Goal("socket opened to the full board, p95", 15, run.board.p95, "ms")]


def idle_goals(run: Idle) -> list[Goal]:
    goals = [Goal("idle seat", 40, None if run.a_seat is None else run.a_seat / KIB, "KiB")]
    if run.sockets == 10_000:
        goals.append(Goal("10,000 sockets", 500, None if run.memory is None else run.memory / MIB, "MiB"))
    return goals


def answers_goals(run: Flood) -> list[Goal]:
    """Of durable answers: 300 phones at 50 asks/s."""
    return [
        Goal("durable answer p50", 30, run.saved.p50, "ms"),
        Goal("durable answer p99", 250, run.saved.p99, "ms"),
    ]


def sustained_goals(run: Flood) -> list[Goal]:
    """Of asks sent somewhat faster than wanted, so that what comes back is the server's own pace."""
    return [Goal("answers a second", 1_000, run.saved.count / run.seconds, "asks/s", least=True)]


def offer_goals(plain: Flood, offered: Flood) -> list[Goal]:
    """A tenth is what two equal runs may differ by."""
    if not plain.us_a_frame or not offered.us_a_frame:
        return []
    share = offered.us_a_frame / plain.us_a_frame
    return [Goal("offering compression, processor a frame as a share of that without", 1.1, share, "times")]
