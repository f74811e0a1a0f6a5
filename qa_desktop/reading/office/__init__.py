"""What the formats of Office share: packages, compound files, drawings, locks, embedded files."""
