"""What is quoted for a question: sections, sentences, citations, and how sure the answer is."""
