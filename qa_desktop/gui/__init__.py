"""The window: the only code that speaks Qt."""
