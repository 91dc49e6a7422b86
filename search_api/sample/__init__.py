"""The bundled sample: a fictional city's gazette, with its truth and gold beside it."""
