"""Judging the safety layer on public texts: negation in clinical notes, prompts that only sound harmful."""
