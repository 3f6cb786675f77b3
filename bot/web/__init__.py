"""The chat in a browser: a small server that runs the terminal chat, one process a visitor."""
