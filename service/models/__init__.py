"""Models behind the ports, and the weights that ship with them."""
