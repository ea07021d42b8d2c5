"""Why two texts differ: reasons with the spans that differ."""
