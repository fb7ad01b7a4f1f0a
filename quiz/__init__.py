"""Facts become questions, questions become memory."""
