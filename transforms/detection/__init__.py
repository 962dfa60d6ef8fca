"""What nobody declared: identifiers and formulas in open columns, searched for in every row before publication.

Each kind has a module that judges one text; `scan` asks DuckDB for the few cells worth asking about, and
`verdict` says what the counts of a whole column mean. Only counts leave this package (law 2).
"""
