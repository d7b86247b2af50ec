"""The Korean of every sentence of reading, schema and lint, by the English that the code says."""

from collections.abc import Mapping

from studytool.packs.korean_reading import READING
from studytool.packs.korean_references import REFERENCES
from studytool.packs.korean_schema import SCHEMA
from studytool.packs.korean_texts import TEXTS

KOREAN: Mapping[str, str] = {**READING, **SCHEMA, **TEXTS, **REFERENCES}
