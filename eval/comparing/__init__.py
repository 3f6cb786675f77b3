"""Comparing two runs case by case."""
