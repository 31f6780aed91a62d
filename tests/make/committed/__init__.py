"""What is made of the code and committed: `make words`, `make columns`, `make pictures`, the shapes of
characters."""
