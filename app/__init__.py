"""The front door: HTTP, sockets, HTML, command line. No rules, no SQL."""
