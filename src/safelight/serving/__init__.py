"""From a socket to the application: the server, TLS and the reading of bodies."""
