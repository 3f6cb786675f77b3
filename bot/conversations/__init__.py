"""Stored conversations: one append-only file each, which only its reader can open."""
