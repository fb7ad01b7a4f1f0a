"""Pages on which teachers compose question sets."""
