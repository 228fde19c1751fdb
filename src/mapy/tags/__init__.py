"""Tables: numbers, names, meanings. Data, not code."""
