"""Taking times and memory, and setting them beside a budget and the run before."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RUNS = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure beside its budget."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False
    """Whether the budget is the least that will do; otherwise it is the most."""

    @property
    def is_missed(self) -> bool:
        """Whether there is a budget that the figure does not keep."""
        if self.budget is None:
            return False
        return self.value < self.budget if self.at_least else self.value > self.budget


def run_command(arguments: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the peak memory in MB of a whole process. Raises RuntimeError if it fails."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "bot.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:  # noqa: S603
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}")
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return time.perf_counter() - start, usage.ru_maxrss / scale


def median_command(arguments: Sequence[str], runs: int = RUNS) -> tuple[float, float]:
    """Return the medians of seconds and MB over several runs, after one that does not count."""
    run_command(arguments)
    taken = [run_command(arguments) for _ in range(runs)]
    return statistics.median(run[0] for run in taken), statistics.median(run[1] for run in taken)


def milliseconds(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return how long each call takes."""
    taken = []
    for call in calls:
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def machine() -> str:
    """Describe the machine in a line."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.machine()


def table(measures: Sequence[Measure], before: Mapping[str, float]) -> str:
    """Return the figures as lines, each beside its budget and, where there is one, the last run's figure."""
    width = max(len(measure.name) for measure in measures)
    lines = [machine()]
    for measure in measures:
        sign = ">=" if measure.at_least else "<="
        budget = f"budget {sign} {measure.budget:g}" if measure.budget is not None else ""
        missed = " MISSED" if measure.is_missed else ""
        last = before.get(measure.name)
        change = f"last {last:.2f} ({measure.value / last:.2f}x)" if last else ""
        row = (
            f"{measure.name:<{width}} {measure.value:>10.2f} {measure.unit:<4} {budget + missed:<24} {change}"
        )
        lines.append(row.rstrip())
    return "\n".join(lines)


def read_figures(path: Path) -> dict[str, float]:
    """Return the figures of an earlier run by name; none if there is no readable file."""
    try:
        values = json.loads(path.read_text("utf-8"))
        return {str(one["name"]): float(one["value"]) for one in values["measures"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_figures(path: Path, measures: Sequence[Measure]) -> None:
    """Write the figures, with the machine they were taken on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"machine": machine(), "measures": [asdict(measure) for measure in measures]}
    path.write_text(json.dumps(values, indent=1) + "\n", "utf-8")
