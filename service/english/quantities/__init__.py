"""Numbers as they are written, and what each says: a level of what, in which unit, how exactly."""
