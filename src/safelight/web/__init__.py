"""The workbench's own pages, its API routes and its static files."""
