"""Evaluation: sets, metrics, runner and reports for the grounding of answers."""
