"""PowerPoint slides (PPTX)."""
