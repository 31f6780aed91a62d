"""`python -m shinchoku` is the `shinchoku` command."""

from shinchoku.cli import main

if __name__ == "__main__":
    main(prog_name="shinchoku")
