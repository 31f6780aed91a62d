"""Test support: typesets reports from records in many house styles, so that what is read can be compared with
what was printed."""
