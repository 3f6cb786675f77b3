"""The bot: safety, question, answer, assistant, command line and chat."""
