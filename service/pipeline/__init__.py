"""One line each for indexing, checking and drafts: plain steps, at most one port a step."""
