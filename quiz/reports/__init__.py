"""Reports: what the answers to a question set say about its questions and its learners."""
