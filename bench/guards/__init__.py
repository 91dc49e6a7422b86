"""Which lookarounds of the expressions earn their place: each is taken out in turn, and the examples are read again."""
