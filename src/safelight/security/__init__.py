"""What keeps strangers and hostile input out: one module a measure."""
