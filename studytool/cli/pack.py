"""``studytool pack``: packs made, built, added, updated and removed."""

import click

from studytool.cli.pack_new import new_command


@click.group(name="pack")
def command() -> None:
    """Make a pack of your own, and add, update or remove those of others."""


command.add_command(new_command)
