"""Units of measurement: read, compared and converted."""
