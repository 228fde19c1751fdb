"""AutoSubmit on the workbench: the steps from a file to its result, each a page of its own."""
