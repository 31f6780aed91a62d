"""What the tests are made of: PDFs, pages, rows and forms; processes and programs to run; what is made of the
code and committed."""
