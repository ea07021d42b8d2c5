"""Answers as people and programs read them, one file a format. Printers take the JSON shapes and
return text; what fails a run is not their matter."""
