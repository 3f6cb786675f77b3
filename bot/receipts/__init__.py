"""What a saved reply rests on, and whether that still stands in the articles."""
