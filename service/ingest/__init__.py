"""What comes in: pages, files and feeds, read into articles."""
