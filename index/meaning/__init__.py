"""Search by meaning: passages and questions as directions in a space, beside the words that they hold."""
