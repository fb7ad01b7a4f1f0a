"""Pages of classes: for who is in them, and for who teaches them."""
