"""The HTTP door: FastAPI, one file a router. Knows `wiring`, and nothing of the command line."""
