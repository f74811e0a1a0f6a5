"""Rich Text (RTF)."""
