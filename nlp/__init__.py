"""Documents → records: who must do what, by when."""
