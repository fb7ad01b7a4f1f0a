"""What a changed fact does to questions, sets and memories."""
