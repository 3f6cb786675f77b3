"""Gates: what a change may not break, so that a machine can say no to it."""
