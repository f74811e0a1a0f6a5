"""Plain text, Markdown, tables and data as text, and how their letters are encoded."""
