"""What ``mbc-chat eval explain`` does."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TextIO

from bot.cli.context import Exit
from eval.cases import Case, EvalSet, EvalSetError, check_sections
from eval.engine import Subject
from eval.explaining.lines import trace_lines
from eval.explaining.plain import trace_json
from eval.explaining.trace import Traceable, trace_case
from eval.pins import find_stale
from eval.refusing import bad_files_refused
from eval.running import make_plan

Opened = tuple[Subject, Traceable]


def execute_explain(
    case_id: str,
    names: Sequence[str],
    open_traceable: Callable[[date], Opened],
    out: TextIO,
    *,
    as_json: bool,
) -> Exit:
    """Ask one case and print every step as plain lines, or as one JSON object.

    Raises WrongUse for a case that no set has and for a bad set, and IndexProblem from the opener.
    """
    with bad_files_refused():
        plan = make_plan(names, None, None)
        one, case = _case(plan.sets, case_id)
        subject, assistant = open_traceable(plan.today)
        alone = EvalSet(one.name, one.path, (case,), one.today)
        stale = find_stale([alone], plan.pins, subject.section_sha256, subject.sections_on_disk)
        sections = [section for each in stale for section in (*each.changed, *each.gone)]
        check_sections([alone], {*subject.sections, *sections})
    trace = trace_case(case, one.name, sections, subject, assistant)
    if as_json:
        out.write(json.dumps(trace_json(trace), ensure_ascii=False, indent=2) + "\n")
    else:
        out.writelines(f"{line}\n" for line in trace_lines(trace))
    return Exit.FINE


def _case(sets: Sequence[EvalSet], case_id: str) -> tuple[EvalSet, Case]:
    for each in sets:
        for case in each.cases:
            if case.id == case_id:
                return each, case
    known = [case.id for each in sets for case in each.cases]
    near = difflib.get_close_matches(case_id, known, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    where = ", ".join(str(each.path) for each in sets)
    raise EvalSetError(where, f"no set has the case {case_id!r}", mend=f"Name a case by its id.{hint}")
