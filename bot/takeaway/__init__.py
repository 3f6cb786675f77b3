"""Taking the talk along: the visit sheet, exports of a conversation, and the clipboard."""
