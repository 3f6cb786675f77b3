"""Mixed talks without end, the same for a seed: what people ask, disturbed, strange, long, going on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from eval.cases import Split, select_split
from eval.noise import Noise, Rates, disturbed
from eval.reading import load_sets, packaged_sets

MOST_TURNS = 20
_RATES = Rates(typos=0.05, swaps=0.2)
_SCRIPTS = (
    (0x20, 0x7E),
    (0x00, 0x1F),
    (0x7F, 0xFF),
    (0x370, 0x3FF),
    (0x400, 0x4FF),
    (0x590, 0x6FF),
    (0x900, 0x97F),
    (0x300, 0x36F),
    (0x2000, 0x206F),
    (0x4E00, 0x9FFF),
    (0xD800, 0xDFFF),
    (0xE000, 0xF8FF),
    (0x1F300, 0x1FAFF),
    (0xE0000, 0xE007F),
    (0x20, 0x10FFFF),
)
_GOING_ON = (
    "go on",
    "and the side effects?",
    "why?",
    "thanks",
    "tell me more",
    "what about the other one",
    "1",
)


def development_talks() -> list[list[str]]:
    """Return the talks of the packaged sets' development split, each a list of what is typed.

    Files of the test split are not opened.
    """
    paths = [path for path in packaged_sets() if "-test" not in path.stem]
    sets = select_split(load_sets(paths), Split.DEV)
    return [[gold.question for gold in case.turns] for one in sets for case in one.cases]


def any_text(random: Random, most: int = 300) -> str:
    """Return signs of any script, control characters and halves of pairs among them."""
    signs = []
    for _ in range(random.randrange(most)):
        first, last = random.choice(_SCRIPTS)
        signs.append(chr(random.randint(first, last)))
    return "".join(signs)


class Talks:
    """Makes talks of one to twenty turns out of known ones."""

    def __init__(self, known: Sequence[Sequence[str]], seed: int) -> None:
        self._known = known
        self._questions = [question for talk in known for question in talk]
        self._random = Random(seed)  # noqa: S311
        self._made = 0

    def __iter__(self) -> Iterator[list[str]]:
        makers: tuple[Callable[[], list[str]], ...] = (
            lambda: list(self._random.choice(self._known)),
            lambda: [self._disturbed()],
            lambda: [any_text(self._random)],
            lambda: [self._long()],
            self._conversation,
        )
        while True:
            yield self._random.choices(makers, (35, 25, 10, 5, 5))[0]()

    def _question(self) -> str:
        return self._random.choice(self._questions)

    def _disturbed(self) -> str:
        """Return a question mistyped, cut, doubled, or with strange signs in its midst."""
        self._made += 1
        question = self._question()
        match self._random.randrange(4):
            case 0:
                at = self._random.randrange(len(question) + 1)
                return question[:at] + any_text(self._random, 8) + question[at:]
            case 1:
                return question[: self._random.randrange(1, len(question) + 1)]
            case 2:
                return f"{question} {self._question()}"
            case _:
                noise = self._random.choice(list(Noise))
                return disturbed(question, noise, str(self._made), _RATES)

    def _long(self) -> str:
        """Return many questions in one message, or one question again and again: up to 20,000 signs."""
        count = self._random.randrange(10, 200)
        if self._random.random() < 0.3:
            return (self._question() + " ") * count
        return " ".join(self._question() for _ in range(count))[:20_000]

    def _conversation(self) -> list[str]:
        turns = self._random.randrange(2, MOST_TURNS + 1)
        makers = (self._question, self._disturbed, lambda: self._random.choice(_GOING_ON))
        return [self._random.choices(makers, (5, 2, 3))[0]() for _ in range(turns)]
