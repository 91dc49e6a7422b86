"""A second reader beside the rules: a small encoder marks bodies and roles; how sure each is decides."""
