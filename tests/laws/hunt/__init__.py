"""The leak hunt: seeded exempt values through every kind of source and every failure, then a search of every byte."""
