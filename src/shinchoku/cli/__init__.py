"""The `shinchoku` command: each subcommand lives in a module of its own, imported only when it is called."""

from importlib import import_module

import click

from shinchoku import __version__

COMMANDS = {
    "extract": "Read PDFs into tables: cells, records, quantities, problems.",
    "diff": "Compare the records of two reports.",
    "history": "Join the reports of an area over the years.",
    "export": "Write a report's tables as a workbook for a spreadsheet.",
    "show": "Print what was extracted from a report as a table.",
    "review": "Compare pages with what was read, correct and sign, in the browser.",
    "corrections": "List what people corrected, and whether it still fits.",
    "layout": "Show how the headings of a PDF's tables were understood, and what to add.",
    "draw": "Draw the cells found over pictures of a PDF's pages.",
    "fleet": "Work on a folder of PDFs with the machines of a Ray cluster.",
    "gather": "Make an ordinary folder of what a fleet made.",
}


class LazyGroup(click.Group):
    """A group that imports `shinchoku.cli.<name>` (its function `command`) only when that name is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"shinchoku.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="shinchoku")
def main() -> None:
    """Progress reports of Japanese municipalities: from PDF to data you can trust.

    \b
    Examples:
      shinchoku extract                               every PDF in raw_pdfs/
      shinchoku show fy2019_progress --plan 5         what was read of plan 5
      shinchoku diff fy2019_progress fy2022_kpi_revision
    """
