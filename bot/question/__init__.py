"""What a message is taken to mean: the questions in it, and other names of what they name."""
