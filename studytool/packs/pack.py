"""A whole pack, read and checked."""

from pydantic import Field

from studytool.packs.claims import Claim
from studytool.packs.experiments import PackExperiment
from studytool.packs.items import Item
from studytool.packs.manifest import Manifest
from studytool.packs.model import Model, no_entries


class Pack(Model):
    """A folder of authored content, whole and checked."""

    manifest: Manifest
    items: list[Item]
    claims: list[Claim]
    experiments: list[PackExperiment] = Field(default_factory=no_entries)
    digest: str

    @property
    def id(self) -> str:
        """Return the pack's id."""
        return self.manifest.id
