"""The JSON shapes of the HTTP API, one file a subject. The command line prints the same shapes."""
