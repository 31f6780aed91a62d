"""The command and other programs run by the tests, and what stands in for their parts."""
