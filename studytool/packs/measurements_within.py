"""The measurements that stand anywhere within a claim or an item."""

from collections.abc import Iterator, Mapping

from studytool.packs.methods import Measurement
from studytool.packs.model import Model


def measurements_in(value: object) -> Iterator[Measurement]:
    """Return every measurement within a model, in its order."""
    match value:
        case Measurement():
            yield value
        case Model():
            for name in type(value).model_fields:
                yield from measurements_in(getattr(value, name))
        case Mapping():
            for part in value.values():
                yield from measurements_in(part)
        case list() | tuple():
            for part in value:
                yield from measurements_in(part)
        case _:
            return
