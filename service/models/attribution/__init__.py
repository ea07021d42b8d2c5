"""The trained tagger: a statement as pieces, roles of its tokens, and the acts made of them."""
