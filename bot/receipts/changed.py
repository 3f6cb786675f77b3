"""The passages of an index that its folders no longer have as they were."""

from __future__ import annotations

from collections.abc import Iterator

from bot.receipts.impact import EDITED, ChangedPassage
from bot.receipts.present import ArticlesInFiles
from bot.receipts.standing import ABSENT, Absence, Standing, passage_stands
from index.content import Content


def changed_passages(content: Content, after: ArticlesInFiles) -> Iterator[ChangedPassage]:
    """Yield every passage that the present files do not have whole any more, in reading order.

    One that only stands elsewhere in its article is not among them. Raises IndexBroken.
    """
    for article_id in content.article_ids():
        if article_id in after.same:
            continue
        present = after.article(article_id)
        for stored in content.passages(content.passage_rows(article_id)):
            passage = stored.passage
            if isinstance(present, Absence):
                standing, why = ABSENT[present]
            elif passage_stands(present.text, passage.text):
                continue
            else:
                standing, why = Standing.EDITED, EDITED
            title = ": ".join(dict.fromkeys((passage.headings[0], passage.headings[-1])))
            yield ChangedPassage(passage.id, article_id, title, passage.text, standing, why)
