"""A document in; what is printed on its pages, as rows of `cells` and `blocks`, out."""
