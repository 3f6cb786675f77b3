"""The HTML page of a run: one file, no scripts, nothing loaded from elsewhere."""
