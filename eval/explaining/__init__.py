"""Every step that led to one reply, held against what is right."""
