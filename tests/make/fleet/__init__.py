"""A cluster of simulated machines, and what goes wrong on one, for the tests of the fleet."""
