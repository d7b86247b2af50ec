"""``studytool search``: the items that a search finds."""

import click

from studytool.cli.home import desk_to_read
from studytool.cli.item_rows import rows_found, write_rows

_OPTIONS = {"--json", "--help", "-h"}


class _SearchCommand(click.Command):
    """A command whose arguments may begin with ``-``: a negation is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options of the command, and leave everything else to the search."""
        end = args.index("--") if "--" in args else len(args)
        options = [one for one in args[:end] if one in _OPTIONS]
        words = [one for one in args[:end] if one not in _OPTIONS]
        return super().parse_args(ctx, [*options, "--", *words, *args[end + 1 :]])


@click.command(name="search", cls=_SearchCommand)
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(words: tuple[str, ...], *, as_json: bool) -> None:
    """List the items that QUERY finds: words of their texts, and conditions.

    As in: dropout -is:new r<80% answered>=-30d. A shell takes < and > for itself: put the query in
    single quotes. studytool help search has the whole language.
    """
    from studytool.session.items import read_rows

    with desk_to_read() as desk:
        rows = rows_found(desk, read_rows(desk, desk.clock.now()), " ".join(words))
        language = desk.settings.language
    write_rows(rows, language, as_json=as_json)
