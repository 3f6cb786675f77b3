"""What can go wrong with stored conversations.

ConversationProblem
    NoSuchConversation    an id that names none, or more than one
    NewerFormat           a file of a later version of this program
    NotSaved              something could not be written
"""

from __future__ import annotations


class ConversationProblem(Exception):
    """A stored conversation that cannot be used: says what, where and what to do."""


class NoSuchConversation(ConversationProblem):
    """No conversation has this id, or several have it."""


class NewerFormat(ConversationProblem):
    """A later version of this program wrote the file; it is left as it is."""


class NotSaved(ConversationProblem):
    """Something could not be written; what was there before is as it was."""
