"""Soak, fuzz and damage: whether the chat holds when much, or anything, or nothing good is put into it."""
