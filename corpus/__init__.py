"""The corpus: articles, reading files into Article, editorial checks."""
