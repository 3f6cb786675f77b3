"""Judging the search of any index by questions and graded documents in BEIR's form."""
