"""Reading files of every kind into headings and blocks: Markdown, plain text, HTML, PDF, Word."""
