"""How the demonstration documents are made from their sources; see `corpus/README.md`."""
