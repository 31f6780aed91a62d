"""What is made of the code and committed: `make words`, `make pictures`, the shapes of characters."""
