"""Checks of the whole installation. They read and never write, and no one of them stops another."""
