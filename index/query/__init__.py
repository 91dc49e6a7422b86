"""Understanding a question: a pure function from what was typed to what was meant."""
