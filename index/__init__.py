"""The index: passages, encoder, vectors, words, generations on disk, rebuild, search."""
