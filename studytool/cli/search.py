"""``studytool search``: the items that a search finds."""

import click

from studytool.cli import declare
from studytool.cli.home import desk_to_read
from studytool.cli.item_rows import rows_found, write_rows
from studytool.language import Phrase

_OPTIONS = {"--json", "--help", "-h"}


class _SearchCommand(declare.DeclaredCommand):
    """A command whose arguments may begin with ``-``: a negation is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options of the command, and leave everything else to the search."""
        end = args.index("--") if "--" in args else len(args)
        options = [one for one in args[:end] if one in _OPTIONS]
        words = [one for one in args[:end] if one not in _OPTIONS]
        return super().parse_args(ctx, [*options, "--", *words, *args[end + 1 :]])


@declare.command(
    "search",
    cls=_SearchCommand,
    more=Phrase(
        ko="QUERY는 문항의 글에 있는 말과 조건입니다(예: dropout -is:new r<80% "
        "answered>=-30d). 셸은 <와 >를 다르게 읽으므로 작은따옴표로 묶으세요. 검색하는 법 "
        "모두: studytool help search.",
        en="QUERY is words of their texts, and conditions, as in: dropout -is:new r<80% "
        "answered>=-30d. A shell takes < and > for itself: put the query in single quotes. "
        "studytool help search has the whole language.",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@declare.as_json
def command(words: tuple[str, ...], *, as_json: bool) -> None:
    """List the items that QUERY finds: words of their texts, and conditions."""
    from studytool.session.items import read_rows

    with desk_to_read() as desk:
        rows = rows_found(desk, read_rows(desk, desk.clock.now()), " ".join(words))
        language = desk.settings.language
    write_rows(rows, language, as_json=as_json)
