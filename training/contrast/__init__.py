"""Makes contrast pairs: one thing is changed, and what that does to the label is known."""
