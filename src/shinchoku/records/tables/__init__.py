"""A logical table and what it stands under in, its rows as records out."""
