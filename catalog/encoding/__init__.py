"""PublicTable -> files. One module a format; nothing here can see more than the public table."""
