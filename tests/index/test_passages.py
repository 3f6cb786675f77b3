from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, BlockKind
from corpus.reader import OUR_CORPUS, read_article, read_corpus
from corpus.reading_text import RawBlock, RawSection, lay_out
from index.passages import PassageLimits, split_passages


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def article_of(raw_sections: list[RawSection]) -> Article:
    text, sections = lay_out("Title", raw_sections)
    return Article("a", "Title", text, sections, Path("a.md"))


def test_a_passage_carries_its_heading_path_and_place(bee_folder: Path) -> None:
    passages = split_passages(read_article(bee_folder / "bees.md"), PassageLimits(), count_words)
    assert [p.id for p in passages] == ["bees#what-do-bees-eat/1", "bees#when-do-bees-swarm/1"]
    assert passages[0].headings == ("Keeping bees", "What do bees eat?")
    assert passages[0].text.startswith("Bees eat nectar")
    assert passages[0].text.endswith("- Pollen is stored for the brood.")
    assert passages[0].embedded_text.startswith("Keeping bees > What do bees eat?\n")


def test_a_long_section_is_cut_into_passages_of_about_equal_length() -> None:
    sentences = " ".join(f"Sentence number {n} has six words." for n in range(40))
    article = article_of([RawSection("H", 2, blocks=[RawBlock(BlockKind.PARAGRAPH, sentences)])])
    lengths = [
        len(p.text.split()) for p in split_passages(article, PassageLimits(body=100, whole=200), count_words)
    ]
    assert sum(lengths) == 240
    assert max(lengths) <= 100
    assert max(lengths) - min(lengths) <= 12


def test_a_sentence_that_no_encoder_could_read_is_divided_between_words() -> None:
    article = article_of([RawSection("", 1, blocks=[RawBlock(BlockKind.PARAGRAPH, "word " * 500)])])
    passages = split_passages(article, PassageLimits(body=100, whole=200), count_words)
    assert all(len(p.text.split()) <= 100 for p in passages)
    assert " ".join(p.text for p in passages).split() == ["word"] * 500


def test_our_own_passages_fit_the_encoder() -> None:
    for article in read_corpus(OUR_CORPUS).articles:
        for passage in split_passages(article, PassageLimits(), count_words):
            assert article.text[passage.start : passage.end] == passage.text


BLOCKS = st.builds(RawBlock, st.sampled_from(BlockKind), st.text(alphabet="ab. :!?\n", max_size=120))
SECTIONS = st.lists(
    st.builds(
        RawSection,
        st.sampled_from(["", "One", "Two"]),
        st.integers(1, 3),
        blocks=st.lists(BLOCKS, max_size=5),
    ),
    max_size=4,
)


@given(SECTIONS, st.integers(3, 30))
def test_passages_are_exact_slices_of_whole_sentences_within_one_section(
    raw_sections: list[RawSection], body: int
) -> None:
    article = article_of(raw_sections)
    bounds = {section.id: (section.start, section.end) for section in article.sections}
    for passage in split_passages(article, PassageLimits(body=body, whole=200), count_words):
        start, end = bounds[passage.section_id]
        assert start <= passage.start < passage.end <= end
        assert article.text[passage.start : passage.end] == passage.text
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
        assert all(s.start < s.end for s in passage.sentences)


@given(SECTIONS)
def test_no_word_of_a_section_is_lost(raw_sections: list[RawSection]) -> None:
    article = article_of(raw_sections)
    passages = split_passages(article, PassageLimits(body=8, whole=200), count_words)
    quoted = [article.text[s.start : s.end] for p in passages for s in p.sentences]
    blocks = [article.text[b.start : b.end] for section in article.sections for b in section.blocks]
    assert "".join("".join(quoted).split()) == "".join("".join(blocks).split())
