"""Pages of the corrections room."""
