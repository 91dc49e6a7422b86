"""OFD (GB/T 33190-2016), the state's own format for electronic documents → page content with places."""
