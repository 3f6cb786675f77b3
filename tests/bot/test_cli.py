from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import run_with
from index.generation import IndexFolder
from tests.bot.cli.running import ask_json, run
from tests.conftest import DEVELOPMENT_TEXTS, REPOSITORY


def test_help_and_version_say_what_this_is(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(command in out for command in ("chat", "ask", "index", "corpus", "eval"))
    assert run(capsys, "--version")[1].startswith("mbc-chat ")


def test_ask_prints_an_answer_with_its_sources(capsys: pytest.CaptureFixture[str], real_home: Path) -> None:
    code, out, err = run(capsys, "--home", str(real_home), "ask", "What does HER2-low mean?")
    assert (code, err) == (0, "")
    assert "[1]" in out
    assert "General information" in out


def test_ask_json_is_one_object(capsys: pytest.CaptureFixture[str], real_home: Path) -> None:
    reply = ask_json(capsys, real_home, "What is an ESR1 mutation?")
    assert reply["kind"] == "answer"
    assert reply["citations"][0]["article"] == "esr1-mutation"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ask",), 2, "give one question"),
        (("ask", "  "), 2, "empty"),
        (("ask", "x", "--batch", "-"), 2, "give one question"),
        (("ask", "--batch", "/nowhere.jsonl"), 2, "cannot be read"),
        (("ask", "What is HER2?"), 1, "mbc-chat index build"),
        (("index", "status"), 1, "mbc-chat index build"),
        (("index", "search", "x"), 1, "mbc-chat index build"),
        (("index", "build", "--corpus", "/nowhere"), 1, "no such file"),
        (("corpus", "show", "nothing"), 2, "corpus list"),
        (("corpus", "check", "--corpus", "/nowhere"), 1, "no such file"),
        (("frobnicate",), 2, "mbc-chat --help"),
        (("ask", "--frobnicate"), 2, "mbc-chat --help"),
    ],
)
def test_wrong_use_is_a_clear_line_and_an_exit_code(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    got, out, err = run(capsys, *arguments)
    assert got == code
    assert said in err
    assert "Traceback" not in out + err


def test_an_emergency_is_answered_without_any_index(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    reply = ask_json(capsys, tmp_path / "nothing", "I want to kill myself")
    assert reply["kind"] == "crisis"
    assert not (tmp_path / "nothing").exists()


def test_a_broken_index_says_what_mends_it_and_leaves_safety_working(
    capsys: pytest.CaptureFixture[str], bee_index: IndexFolder
) -> None:
    (bee_index.path / "CURRENT").write_text("nonsense")
    home = str(bee_index.path.parent)
    code, _, err = run(capsys, "--home", home, "ask", "What do bees eat?")
    assert (code, "index build" in err) == (1, True)
    assert ask_json(capsys, Path(home), "crushing chest pain right now")["kind"] == "emergency"


def test_a_config_with_an_unknown_key_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("contry = 'US'\n")
    code, _, err = run(capsys, "--home", str(tmp_path), "ask", "hello")
    assert code == 2
    assert "Did you mean 'country'" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("askk", "x"), "No such command 'askk'. Did you mean 'ask'? See `mbc-chat --help`."),
        (
            ("serve", "--port", "70000"),
            "Invalid value for '--port': Input should be less than or equal to 65535.",
        ),
        (("ask", "--nope"), "No such option: --nope. See `mbc-chat --help`."),
    ],
)
def test_wrong_words_are_named_with_where_they_stand(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert f"mbc-chat: {said}" in err


def test_the_country_of_the_config_decides_the_numbers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("country = 'uk'\n")
    notice = ask_json(capsys, tmp_path, "crushing chest pain right now")["notice"]
    assert "999" in notice
    assert "911" not in notice


def test_a_batch_answers_each_row_and_names_the_bad_ones(
    capsys: pytest.CaptureFixture[str], real_home: Path, tmp_path: Path
) -> None:
    rows = [
        '{"id": "a", "question": "What is HER2-low?"}',
        "not json",
        '{"id": "b", "turns": ["What are PARP inhibitors?", "and the side effects?"]}',
        '{"id": "c", "question": ""}',
        '{"question": "no id"}',
        "[1]",
        "",
        '{"id": 7, "question": "I want to die"}',
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(rows))
    code, out, _ = run(capsys, "--home", str(real_home), "ask", "--batch", str(batch), "--json")
    got = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [row["id"] for row in got] == ["a", None, "b", "c", None, None, 7]
    assert [len(row.get("replies", [])) for row in got] == [1, 0, 2, 0, 0, 0, 1]
    assert "line 4" in got[3]["error"]
    assert got[6]["replies"][0]["kind"] == "crisis"


def test_index_search_gives_passages_with_offsets(
    capsys: pytest.CaptureFixture[str], real_home: Path
) -> None:
    code, out, _ = run(
        capsys, "--home", str(real_home), "index", "search", "ESR1 mutation", "-k", "3", "--json"
    )
    hits = json.loads(out)["hits"]
    assert code == 0
    assert len(hits) == 3
    assert set(hits[0]) == {"article", "passage", "score", "start", "end"}
    assert hits[0]["article"] == "esr1-mutation"


def test_index_status_tells_what_is_there(capsys: pytest.CaptureFixture[str], real_home: Path) -> None:
    code, out, _ = run(capsys, "--home", str(real_home), "index", "status", "--json")
    assert code == 0
    assert json.loads(out)["model"] == "all-MiniLM-L6-v2"


def mbc_chat(*arguments: str, **extra: str) -> list[str]:
    return [sys.executable, "-m", "bot.cli", *arguments]


def test_plain_chat_works_through_a_pipe(real_home: Path) -> None:
    done = subprocess.run(
        mbc_chat("--home", str(real_home), "chat", "--plain", "--private"),
        input="What is a liquid biopsy?\nsource 1\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    assert done.returncode == 0, done.stderr
    assert "[1]" in done.stdout
    assert "biopsy" in done.stdout
    assert "\x1b" not in done.stdout


PROBE = """
import json, sys, threading
from bot.cli.main import run_with
code = run_with(sys.argv[1:])
heavy = [m for m in ("torch", "sentence_transformers", "transformers", "textual") if m in sys.modules]
with open(f"/proc/self/task/{__import__('os').getpid()}/children") as file:
    children = file.read().split()
print(json.dumps({"code": code, "heavy": heavy, "children": children}), file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_answering_loads_neither_torch_nor_a_helper_process(real_home: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "turns": ["What are CDK4/6 inhibitors?", "and the side effects?"]}\n')
    for arguments in (["ask", "What is HER2-low?", "--json"], ["ask", "--batch", str(batch)]):
        done = subprocess.run(
            [sys.executable, "-c", PROBE, "--home", str(real_home), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=REPOSITORY,
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stderr.splitlines()[-1]) == {"code": 0, "heavy": [], "children": []}
        assert '"kind": "answer"' in done.stdout


def test_answers_come_with_networking_cut_off(real_home: Path) -> None:
    cut = subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True)
    if cut.returncode:
        pytest.skip("this machine does not let a process leave the network")
    done = subprocess.run(
        ["unshare", "--net", *mbc_chat("--home", str(real_home), "ask", "What is HER2-low?")],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    assert done.returncode == 0, done.stderr
    assert "[1]" in done.stdout


def test_files_are_for_the_owner_alone(real_home: Path) -> None:
    modes = {path.stat().st_mode & 0o077 for path in (real_home / "index").rglob("*")}
    assert modes == {0}, "a file or folder of the home can be read by others"


QUESTIONS_ON_THE_SOURCE_ARTICLE = {
    "What does HER2-low mean?": "not HER2-positive",
    "How do antibody-drug conjugates work?": "payload",
    "What may be considered when an ESR1 mutation shows up?": "SERD",
    "Which drugs go with a PIK3CA mutation?": "alpelisib",
    "Why do treatments stop working?": "mutations",
    "What is a liquid biopsy?": "blood test",
    "Who can help with insurance approvals?": "navigator",
    "Is it normal to feel guilty about feeling fine?": "guilty",
    "What should be monitored during treatment?": "Blood counts",
    "What question can I ask my oncology team?": "biomarkers",
}
NOT_ANSWERED_ON_THE_SOURCE_ARTICLE = {
    "Can targeted therapy cure lung cancer?": {"not_covered", "boundary"},
    "What is the capital of France?": {"not_covered"},
    "Should I stop my pills because of diarrhoea?": {"boundary"},
    "I have a fever of 38.4 and I am shivering.": {"urgent"},
}


@pytest.fixture(scope="module")
def source_article_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    article = DEVELOPMENT_TEXTS / "corpus" / "source-article.txt"
    if not article.is_file():
        pytest.skip("the source article is not on this machine")
    home = tmp_path_factory.mktemp("source") / "home"
    assert run_with(["--home", str(home), "--quiet", "index", "build", "--corpus", str(article)]) == 0
    return home


@pytest.mark.parametrize(("question", "words"), QUESTIONS_ON_THE_SOURCE_ARTICLE.items())
def test_a_text_that_nobody_shaped_is_quoted_too(
    capsys: pytest.CaptureFixture[str], source_article_home: Path, question: str, words: str
) -> None:
    reply = ask_json(capsys, source_article_home, question)
    assert reply["kind"] == "answer"
    assert words in " ".join(sentence["text"] for sentence in reply["sentences"])


@pytest.mark.parametrize(("question", "kinds"), NOT_ANSWERED_ON_THE_SOURCE_ARTICLE.items())
def test_what_that_text_cannot_answer_is_not_answered_from_it(
    capsys: pytest.CaptureFixture[str], source_article_home: Path, question: str, kinds: set[str]
) -> None:
    assert ask_json(capsys, source_article_home, question)["kind"] in kinds
