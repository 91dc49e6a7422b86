"""What people and programs ask: command line, HTTP API, web page, exports."""
