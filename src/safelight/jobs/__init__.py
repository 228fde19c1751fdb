"""Work that outlasts its request: a queue, workers, and what a job and its owner tell each other.

Dramatiq carries a job's number and nothing else; all that a job is lies in the shared state. So a
job is run at least once, and its record decides whether there is anything left to do.
"""
