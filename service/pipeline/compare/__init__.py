"""Why a source differs from a claim: reasons with the spans that differ."""
