"""Charts and maps as documents of a release: what is proposed from a dataset's shape, and the figures it shows.

Figures are worked out once, from the public table, when a release is made; pages draw them. Draws nothing.
"""
