from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article, ArticleError, BlockKind
from corpus.reader import read_article

ITEM = BlockKind.ITEM

FILLER = "<p>This paragraph is long enough for anyone to see that it belongs to the article itself.</p>"


def read(folder: Path, page: str | bytes) -> Article:
    path = folder / "page.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return read_article(path)


def body_of(folder: Path, inside: str) -> list[str]:
    """The blocks of a page with this in its main part, without the filler around it."""
    article = read(folder, f"<title>T</title><main><h1>T</h1>{FILLER}{inside}{FILLER}</main>")
    blocks = [article.text[b.start : b.end] for s in article.sections for b in s.blocks]
    assert blocks[0] == blocks[-1]
    return blocks[1:-1]


@pytest.mark.parametrize(
    ("inside", "blocks"),
    [
        ("<p>a<b>b</b>c and word <b>bold</b> word.</p>", ["abc and word bold word."]),
        ("<p>one\n   two&nbsp;three &amp; four&shy;teen</p>", ["one two three & fourteen"]),
        ("<p>A fever of <em>38</em>.<br>Call us.</p>", ["A fever of 38. Call us."]),
        ("<p>One.<br><br>Two.</p>", ["One.", "Two."]),
        ("<p>Bring:<br>• a list<br>• a pen</p>", ["Bring:", "a list", "a pen"]),
        ("<div>loose text<p>a paragraph</p>more</div>", ["loose text", "a paragraph", "more"]),
        ("<ul><li>one<ul><li>two</li></ul></li><li><p>three</p></li></ul>", ["one", "two", "three"]),
        (
            "<dl><dt>HER2</dt><dd>A protein.</dd><dt>Who?</dt><dd>You.</dd></dl>",
            ["HER2: A protein.", "Who? You."],
        ),
        (
            "<p>Above 10<sup>9</sup> cells, HER2<sup>+</sup>, the 1<sup>st</sup>.</p>",
            ["Above 10⁹ cells, HER2+, the 1st."],
        ),
        ('<p>It helps.<sup><a href="#r1">[1]</a></sup> It does.</p>', ["It helps. It does."]),
        ("<p>She said <q>no</q>.</p>", ["She said “no”."]),
        ("<p>Take two <del>four</del> <s>six</s> tablets.</p>", ["Take two tablets."]),
        ("<p>ﬁve ﬂoors</p>", ["five floors"]),
        ("<script>x</script><style>y</style><template>z</template><noscript>n</noscript>", []),
        ('<p hidden>no</p><p style="display: none">no</p><p aria-hidden="true">no</p>', []),
        ('<button aria-controls="a">More</button><div id="a" hidden><p>Folded.</p></div>', ["Folded."]),
        ("<nav><p>Menu of pages</p></nav><form><select><option>x</select></form>", []),
        ('<div class="cookie-bar"><p>We use cookies. Accept?</p></div>', []),
        ('<ul class="breadcrumb"><li><a href="/">Home</a></li></ul>', []),
        (
            '<section id="comments"><p>Last year I stopped all of my own pills.</p></section>',
            [],
        ),
        ("<p>&lt;b&gt;kept&lt;/b&gt; \x1b[31mred</p>", ["<b>kept</b> red"]),
    ],
)
def test_a_page_is_read_as_it_is_seen(tmp_path: Path, inside: str, blocks: list[str]) -> None:
    assert body_of(tmp_path, inside) == blocks


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><th>Drug</th><th>Kind</th></tr><tr><td>Ibrance</td><td>pill</td></tr>",
            ["Drug: Ibrance; Kind: pill"],
        ),
        (
            "<tr><td><b>Drug</b></td><td><b>Kind</b></td></tr><tr><td>Ibrance</td><td></td></tr>",
            ["Drug: Ibrance"],
        ),
        (
            "<tr><td>Phone</td><td>555</td></tr><tr><td>Hours</td><td>9 to 5</td></tr>",
            ["Phone; 555", "Hours; 9 to 5"],
        ),
        (
            "<tr><th>Phone</th><td>555</td></tr><tr><th>Hours</th><td>9 to 5</td><td>not Sunday</td></tr>",
            ["Phone: 555", "Hours: 9 to 5; not Sunday"],
        ),
        (
            "<thead><tr><th rowspan=2>Effect<th colspan=2>How often</tr><tr><th>A<th>B</tr></thead>"
            "<tr><td>Rash<td>1 in 10<td>1 in 5</tr><tr><td>Fever<td colspan=2>rare</tr>",
            [
                "Effect: Rash; How often A: 1 in 10; How often B: 1 in 5",
                "Effect: Fever; How often A, B: rare",
            ],
        ),
        (
            "<tr><th>Drug<th>Effect</tr><tr><td rowspan=2>X<td>rash</tr><tr><td>fever</tr>",
            ["Drug: X; Effect: rash", "Drug: X; Effect: fever"],
        ),
        (
            "<caption>Stores</caption><tr><th>A</th><th>B</th></tr><tr><td><p>One.</p><p>Two.</p></td>"
            "<td><ul><li>x</li><li>y</li></ul></td></tr>",
            ["Stores", "A: One. Two.; B: x, y"],
        ),
        ("<tr><td><h2>Left</h2><p>Text.</p></td></tr><tr><td>Right.</td></tr>", ["Text.", "Right."]),
    ],
)
def test_tables_are_rows_with_the_heads_of_their_columns(tmp_path: Path, table: str, rows: list[str]) -> None:
    assert body_of(tmp_path, f"<table>{table}</table>") == rows


def test_headings_make_sections_and_what_is_folded_belongs_to_its_question(tmp_path: Path) -> None:
    article = read(
        tmp_path,
        f"""<main><header><h1>T</h1><p>An introduction that stands in the header of the article.</p></header>
        <h2>One</h2>{FILLER}<h3>Deeper</h3>{FILLER}
        <h2><button>Two</button></h2><details><summary>Why?</summary>{FILLER}</details>{FILLER}
        <h2>Nothing under it</h2></main>""",
    )
    assert [(s.headings, len(s.blocks)) for s in article.sections] == [
        ((), 1),
        (("One",), 1),
        (("One", "Deeper"), 1),
        (("Two",), 0),
        (("Two", "Why?"), 1),
        (("Two",), 1),
    ]


WARNING = "Call 999 at once if you cannot breathe."
SIGN = "Phone your nurse about any fever."
ASIDE = "Ask for the chair by the window."


def test_a_warning_is_never_lost(tmp_path: Path) -> None:
    page = f"""<body><div class="page"><div class="alert"><p>Ring the ward.</p></div>
    <main><h1>T</h1>{FILLER * 8}<aside><p>{ASIDE}</p></aside></main>
    <aside><p>{WARNING}</p></aside><div class="sidebar"><p>{SIGN}</p></div></div></body>"""
    text = read(tmp_path, page).text
    assert WARNING in text
    assert SIGN in text
    assert ASIDE in text
    assert "Ring the ward." in text


def test_what_was_left_out_is_told(tmp_path: Path) -> None:
    promo = '<div class="box"><p>The news of the month by Jane</p></div>'
    article = read(tmp_path, f"<body>{promo}<article><h1>T</h1>{FILLER * 12}</article></body>")
    assert "Jane" not in article.text
    assert article.notes == ("2.7% of the page's text was left out as furniture.",)


def test_a_page_that_does_not_look_like_an_article_is_read_whole(tmp_path: Path) -> None:
    cards = "".join(f'<div class="teaser"><p>Card {n} tells of day {n}.</p></div>' for n in range(30))
    article = read(tmp_path, f"<body><article><h1>T</h1>{FILLER * 8}</article>{cards}</body>")
    assert article.text.count("Card") == 30
    assert article.notes == ("Only 52% of the page looked like the article, so all of its text was read.",)


def test_what_the_page_says_of_itself_is_taken_and_nothing_is_guessed(tmp_path: Path) -> None:
    head = """<html lang="en_GB"><head><title>Side effects | Bee Society</title>
    <meta name="author" content="A. Keeper">
    <meta property="article:published_time" content="2025-03-02T10:00Z">
    <link rel="canonical" href="https://bees.example/side-effects">
    <script type="application/ld+json">{"@type": "WebPage", "lastReviewed": "2026-01-05"}</script></head>"""
    article = read(tmp_path, f"{head}<body>{FILLER}<p>Copyright 2019</p></body>")
    assert (article.title, article.author, article.language) == ("Side effects", "A. Keeper", "en-GB")
    assert article.url == "https://bees.example/side-effects"
    assert (article.published, article.reviewed) == (date(2025, 3, 2), date(2026, 1, 5))
    bare = read(tmp_path, f"<body>{FILLER}<p>Copyright 2019, changed on 2024-05-06</p></body>")
    assert (bare.title, bare.author, bare.url, bare.language) == ("Page", "", "", "")
    assert (bare.published, bare.reviewed) == (None, None)


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>Rash | Bees</title>", "<h1>Rash and itch</h1>", "Rash and itch"),
        ("<title>Rash | Bees</title>", '<header><h1><a href="/">Bees</a></h1></header>', "Rash"),
        ('<meta property="og:site_name" content="Bees"><title>Bees | Rash</title>', "<h1>Bees</h1>", "Rash"),
        ("<title>Rash</title>", "<div><h1>Bees</h1></div><main><h1>Itch</h1></main>", "Itch"),
    ],
)
def test_the_title_is_the_page_s_and_not_the_site_s(tmp_path: Path, head: str, top: str, title: str) -> None:
    assert read(tmp_path, f"<head>{head}</head><body>{top}{FILLER}</body>").title == title


@pytest.mark.parametrize(
    "page",
    [
        "<title>x</title><p class=MsoTitle>Care at home</p><h1>Eating</h1>"
        "<p style='mso-list:l0 level1'><span>·<span>&nbsp; </span></span>Honey</p>"
        "<p style='mso-list:l0 level1'><span>2.<span>&nbsp; </span></span>Bread</p>",
        "<body class='c1 doc-content'><p class='c2 title'>Care at home</p><h1>Eating</h1>"
        "<ul><li><span>Hon</span><span>ey</span></li><li>Bread</li></ul>",
    ],
)
def test_pages_saved_by_word_processors_keep_title_and_lists(tmp_path: Path, page: str) -> None:
    article = read(tmp_path, page)
    assert article.title == "Care at home"
    assert [section.headings for section in article.sections] == [("Eating",)]
    assert [(block.kind, article.text[block.start : block.end]) for block in article.sections[0].blocks] == [
        (ITEM, "Honey"),
        (ITEM, "Bread"),
    ]


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    page = f'<meta charset="windows-1252"><p>It’s a café. {FILLER}</p>'
    article = read(tmp_path, page.encode("cp1252"))
    assert "It’s a café." in article.text
    assert article.notes == ()
    assert "It’s a café." in read(tmp_path, page.encode()).text


def test_entities_of_a_document_type_are_never_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    types = f'<!ENTITY s SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY l "&s;&s;">'
    article = read(
        tmp_path, f"<?xml version='1.0'?><!DOCTYPE html [{types}]>\n<html><p>It is &s; &l;.</p></html>"
    )
    assert "SECRET" not in article.text
    assert article.text.endswith("It is &s; &l;.")
    assert article.sections[0].blocks[0].line == 2


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("<div>" * 5000 + "deep", "nested too deeply"),
        ("<body><div id=app></div><script>draw()</script></body>", "no text of its own, only scripts"),
        ("<!-- nothing -->", "damaged|nothing in this page"),
        ("<body><h1>T</h1></body>", "no text in this page"),
    ],
)
def test_a_page_that_cannot_be_read_is_told(tmp_path: Path, page: str, problem: str) -> None:
    with pytest.raises(ArticleError, match=problem):
        read(tmp_path, page)


def test_an_element_of_attributes_without_end_is_told_and_long_values_are_read(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="more than 1000 attributes"):
        read(tmp_path, f"<p {' '.join(f'a{n}=x' for n in range(50_000))}>Bees.</p>")
    long = "long words " * 5_000
    assert body_of(tmp_path, f"<p data-x='{long}'>Bees eat nectar.</p>")


def test_broken_tags_lose_no_words(tmp_path: Path) -> None:
    article = read(tmp_path, "<p>One <b>two <i>three</b> four<p>five <table><td>six</p> </div></span>seven")
    assert article.text.split()[1:] == "One two three four five six seven".split()
