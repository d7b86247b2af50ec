"""``studytool study``: a sitting at once, on a full screen or line by line."""

from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.language import LANGUAGES, Language, Phrase

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.study_session import StudySession

_LONGEST_DAYS, _MOST_NEW = 3650, 9999
_TODAY = "1"


class _StudyCommand(declare.DeclaredCommand):
    """A command with an option whose value is a number of days, or left out before a pack."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands behind ``--forgotten`` as its value only where it is a number."""
        read = [
            f"{one}={_TODAY}" if one == "--forgotten" and not after.isdecimal() else one
            for one, after in zip(args, [*args, ""][1:], strict=True)
        ]
        return super().parse_args(ctx, read)


@declare.command(
    "study",
    cls=_StudyCommand,
    more=Phrase(
        ko="PACK을 쓰면 그 꾸러미만 공부합니다. ./my-pack처럼 폴더를 써도 됩니다. 그러면 모두 새 문항이고, 기억은 남지 않습니다.",
        en="Give PACKs to study only those. A PACK may be a folder, as ./my-pack: all of it "
        "is new then, and nothing is remembered.",
    ),
)
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@declare.option(
    "--concept", metavar="C", about=Phrase("이 개념의 문항만.", "Only items about this concept.")
)
@declare.option(
    "--search",
    metavar="QUERY",
    about=Phrase(
        "검색에 걸린 문항만. 검색하는 법: studytool help search.",
        "Only items found; studytool help search.",
    ),
)
@declare.option(
    "--ahead",
    type=click.IntRange(1, _LONGEST_DAYS),
    metavar="DAYS",
    about=Phrase("DAYS일 안에 복습할 것을 미리.", "What falls due within DAYS, early."),
)
@declare.option(
    "--forgotten",
    is_flag=False,
    flag_value=_TODAY,
    type=click.IntRange(1, _LONGEST_DAYS),
    metavar="[DAYS]",
    about=Phrase("오늘, 또는 지난 DAYS일 동안 잊은 것.", "What was forgotten today, or in DAYS."),
)
@declare.option(
    "--misconception",
    is_flag=False,
    flag_value="",
    metavar="[ID]",
    about=Phrase(
        "오개념이 드러난 뒤로 아직 맞히지 못한 것.", "What showed a misconception, not right since."
    ),
)
@declare.option(
    "--new",
    "more_new",
    type=click.IntRange(1, _MOST_NEW),
    metavar="N",
    about=Phrase("오늘 새 문항을 한도보다 N개 더.", "N more new items today, above the limit."),
)
@declare.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    about=Phrase("많아야 N문제.", "At most N questions."),
)
@declare.option(
    "--cram",
    is_flag=True,
    about=Phrase(
        "때가 되었든 아니든 모두. 아무것도 기록하지 않습니다.",
        "Everything, due or not; nothing is recorded.",
    ),
)
@declare.option(
    "--anew",
    is_flag=True,
    about=Phrase(
        "벼락치기를 하던 자리가 아니라 처음부터.", "A cram from the beginning, not where it was."
    ),
)
@declare.option(
    "--plain",
    is_flag=True,
    about=Phrase(
        "한 줄씩. 화면 낭독기와 파이프에서 씁니다.", "Line by line, for screen readers and pipes."
    ),
)
@declare.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    about=Phrase("언어를 고르고, 계속 그 언어를 씁니다.", "Choose the language, and keep it."),
)
def command(  # noqa: PLR0913 - one for each option
    packs: tuple[str, ...],
    *,
    concept: str | None,
    search: str | None,
    ahead: int | None,
    forgotten: int | None,
    misconception: str | None,
    more_new: int | None,
    limit: int | None,
    cram: bool,
    anew: bool,
    plain: bool,
    lang: Language | None,
) -> None:
    """Study what is due in PACK (all packs when none is named), then new items."""
    from studytool.cli.scratch_desk import desks_for

    opened, packs = desks_for(packs)

    def begin(desk: "Desk") -> "StudySession":
        from studytool.session.custom_study import CustomStudy, begin_study
        from studytool.session.scope import Scope

        custom = CustomStudy(
            search=search,
            ahead_days=ahead,
            forgotten_days=forgotten,
            misconception=misconception,
            more_new=more_new,
            cram=cram,
            anew=anew,
        )
        return begin_study(desk, Scope(packs, concept, limit), custom, desk.clock.now())

    if plain:
        from studytool.cli.plain import study_plainly

        study_plainly(begin, language=lang, opened=opened)
    else:
        from studytool.cli.home import run_screen

        run_screen(begin, language=lang, opened=opened)
