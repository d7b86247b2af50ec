"""``studytool pack``: packs made, built, added, updated and removed."""

from studytool.cli import declare
from studytool.cli.pack_add import add_command
from studytool.cli.pack_build import build_command
from studytool.cli.pack_export import export_command
from studytool.cli.pack_import import import_command
from studytool.cli.pack_list import list_command
from studytool.cli.pack_new import new_command
from studytool.cli.pack_preview import preview_command
from studytool.cli.pack_remove import pin_command, remove_command
from studytool.cli.pack_schema import schema_command
from studytool.cli.pack_update import update_command


@declare.group("pack")
def command() -> None:
    """Make a pack of your own, and add, update or remove those of others."""


for _part in (
    list_command,
    add_command,
    update_command,
    remove_command,
    pin_command,
    new_command,
    import_command,
    preview_command,
    export_command,
    build_command,
    schema_command,
):
    command.add_command(_part)
