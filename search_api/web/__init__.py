"""The Chinese pages: rendered on the server, complete without JavaScript, no request to anywhere else."""
