"""What is said about a job that failed, and which ways on there are."""

from __future__ import annotations

from bot.tui.failure import Problem, WayOn
from bot.tui.jobs import Failure, Job

NOT_OPENED = "The articles could not be opened"
NOT_BUILT = "The index could not be built"
NOT_NEWER = "The newer index could not be opened"
NOT_ANSWERED = "This could not be answered"
TRY_AGAIN = "Try again, or build the index anew: here, or in a terminal with mbc-chat index build."
TALK_GOES_ON = "The talk goes on with the articles as they were. In a terminal, mbc-chat doctor says more."
TEXT_KEPT = "Your question is kept: it is in the prompt, or one press of the up arrow away."

_OTHERS = {
    Job.GLOSSARY: ("The glossary could not be read", "Rebuild the index, or run mbc-chat doctor."),
    Job.KEEP: ("The setting could not be saved", "It holds until you leave. Mend what is named above."),
    Job.SAVE: ("This talk could not be saved", "It stays in this window. The next answer tries it again."),
    Job.PAST: ("The conversation could not be opened", "In a terminal, mbc-chat doctor says more."),
    Job.MORE: ("The earlier questions could not be shown", "Try it again, or run mbc-chat doctor."),
    Job.COPY: ("The answer could not be copied", "Export the conversation to a file instead."),
    Job.WRONG: ("The mark could not be saved", "Mend what is named above, and mark the answer again."),
}


def problem_of(failure: Failure, *, goes_on: bool) -> Problem:
    """Return what is said; ``goes_on`` tells whether questions are answered all the same."""
    match failure.job:
        case Job.BUILD if goes_on:
            return Problem(NOT_BUILT, failure.what, TALK_GOES_ON, (WayOn.BUILD, WayOn.GO_ON))
        case Job.OPEN if goes_on:
            return Problem(NOT_NEWER, failure.what, TALK_GOES_ON, (WayOn.BUILD, WayOn.GO_ON))
        case Job.BUILD | Job.OPEN:
            every_way = (WayOn.AGAIN, WayOn.BUILD, WayOn.GO_ON)
            return Problem(NOT_OPENED, failure.what, TRY_AGAIN, every_way)
        case Job.REPLY:
            ways = (WayOn.AGAIN, WayOn.GO_ON)
            return Problem(NOT_ANSWERED, failure.what, TEXT_KEPT, ways, question=failure.number)
        case job:
            title, todo = _OTHERS[job]
            return Problem(title, failure.what, todo, (WayOn.GO_ON,))
