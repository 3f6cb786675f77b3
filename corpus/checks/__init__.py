"""The editorial checks, one kind a module: pure functions from articles to findings."""
