"""The published demo in a real browser, over HTTP and from a folder."""
