"""Tables whose headings stand left of their values in, tables that read from top to bottom out."""
