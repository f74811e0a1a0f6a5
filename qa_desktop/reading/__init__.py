"""File on disk to Document with exact places: finding, recognising, extracting, repairing, splitting."""
