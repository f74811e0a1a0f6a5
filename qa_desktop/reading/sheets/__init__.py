"""Workbooks: XLSX, XLSB, XLS and ODS, each cell at its address."""
