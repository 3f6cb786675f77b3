"""The terminal chat, and the same chat as plain lines."""
