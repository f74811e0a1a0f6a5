"""Zip archives, opened with care."""
