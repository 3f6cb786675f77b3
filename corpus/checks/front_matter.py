"""Checks of how an article was read, and of its front matter."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding
from corpus.profile import CheckName


def check_reading(checked: CheckedArticle, _: CheckedCorpus) -> Iterator[Finding]:
    """Pass on what the reader of a file noticed, such as an encoding that had to be guessed."""
    for note in checked.article.notes:
        mend = "Compare the text with the file (`corpus show`), or save the file again."
        yield checked.warning(CheckName.READING, 1, note.rstrip("."), mend)


def check_front_matter(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find keys that are missing, unknown or of the wrong kind, and an id that is not the file's name.

    Where the profile does not ask for a complete front matter, keys may be missing or unknown.
    """
    from pydantic import ValidationError

    from corpus.header import ArticleHeader

    complete = corpus.profile.complete_front_matter
    try:
        ArticleHeader.model_validate(dict(checked.front_matter))
    except ValidationError as error:
        for problem in error.errors():
            if complete or problem["type"] not in {"missing", "extra_forbidden"}:
                key = ".".join(str(part) for part in problem["loc"]) or "front matter"
                yield checked.finding(CheckName.FRONT_MATTER, 1, f"{key}: {problem['msg']}", "Mend that key.")
    if complete and checked.article.id != checked.article.path.stem:
        problem_ = f"the id {checked.article.id!r} is not the file's name"
        yield checked.finding(CheckName.FRONT_MATTER, 1, problem_, "Rename one of the two.")


def check_review_date(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find a review date that is long past, or in the future."""
    reviewed = checked.article.reviewed
    if reviewed is None:
        return
    age = (corpus.today - reviewed).days
    if age > corpus.review_max_age_days:
        problem = f"reviewed {age} days ago, where at most {corpus.review_max_age_days} are wanted"
        mend = "Check the facts again and date the review."
        yield checked.warning(CheckName.REVIEW_DATE, 1, problem, mend)
    elif age < 0:
        problem = f"the review date, {reviewed}, is in the future"
        yield checked.finding(CheckName.REVIEW_DATE, 1, problem, "Mend the date.")
