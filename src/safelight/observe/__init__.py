"""What an operator may see of a running workbench: its health and its log."""
