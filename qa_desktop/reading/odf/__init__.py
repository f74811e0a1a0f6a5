"""OpenDocument texts, workbooks, presentations and drawings."""
