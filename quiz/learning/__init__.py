"""What learners answer and remember."""
