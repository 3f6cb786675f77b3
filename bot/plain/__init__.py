"""The chat as plain lines, for screen readers and pipes: no boxes, no colour, nothing that moves."""
