"""Finding out what is there. Nothing here judges, and nothing but the named server is asked."""
