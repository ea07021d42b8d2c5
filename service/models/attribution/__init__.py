"""The trained tagger: cuts a statement into pieces, labels its tokens, and makes acts of them."""
