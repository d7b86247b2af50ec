"""What a unit measures: powers of base quantities, with names for the common ones."""

from dataclasses import dataclass
from fractions import Fraction

from studytool.language import Message, Phrase

BASES = ("m", "kg", "s", "A", "K", "mol", "cd", "rad", "bit", "dB")
"""A unit of each base quantity; an angle is one, so that ° is not taken for a percentage."""

_ANGLE = BASES.index("rad")
_SUPERSCRIPTS = str.maketrans("0123456789-/.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᐟ·")


@dataclass(frozen=True, slots=True)
class Dimension:
    """The power of each base quantity, in the order of ``BASES``."""

    powers: tuple[Fraction, ...]

    @classmethod
    def of(cls, **powers: int) -> "Dimension":
        """Return the dimension with these powers, by base unit.

        >>> Dimension.of(m=1, s=-2).text
        'm·s⁻²'
        """
        return cls(tuple(Fraction(powers.get(base, 0)) for base in BASES))

    def times(self, other: "Dimension", power: Fraction) -> "Dimension":
        """Return the dimension of a product with a power of another quantity."""
        pairs = zip(self.powers, other.powers, strict=True)
        return Dimension(tuple(own + power * added for own, added in pairs))

    def agrees(self, other: "Dimension") -> bool:
        """Tell whether both measure the same; rad/s and 1/s do, an angle and a number do not."""
        if self == other:
            return True
        own, its = (one.powers[:_ANGLE] + one.powers[_ANGLE + 1 :] for one in (self, other))
        return own == its and any(own)

    @property
    def text(self) -> str:
        """Return the dimension in base units; 1 for a plain number."""
        return (
            "·".join(
                base + (f"{power}".translate(_SUPERSCRIPTS) if power != 1 else "")
                for base, power in zip(BASES, self.powers, strict=True)
                if power
            )
            or "1"
        )

    @property
    def name(self) -> Message:
        """Return what is measured, in words where the quantity is a common one."""
        return _NAMES.get(self, _OTHER).of(units=self.text)


NUMBER = Dimension.of()
TEMPERATURE = Dimension.of(K=1)
_OTHER = Phrase(ko="{units} 단위의 양", en="a quantity in {units}")
_NAMES = {
    NUMBER: Phrase(ko="단위 없는 수", en="a plain number"),
    Dimension.of(m=1): Phrase(ko="길이", en="a length"),
    Dimension.of(m=2): Phrase(ko="넓이", en="an area"),
    Dimension.of(m=3): Phrase(ko="부피", en="a volume"),
    Dimension.of(kg=1): Phrase(ko="질량", en="a mass"),
    Dimension.of(s=1): Phrase(ko="시간", en="a time"),
    Dimension.of(A=1): Phrase(ko="전류", en="an electric current"),
    TEMPERATURE: Phrase(ko="온도", en="a temperature"),
    Dimension.of(mol=1): Phrase(ko="물질량", en="an amount of substance"),
    Dimension.of(cd=1): Phrase(ko="광도", en="a luminous intensity"),
    Dimension.of(rad=1): Phrase(ko="각", en="an angle"),
    Dimension.of(bit=1): Phrase(ko="정보량", en="an amount of information"),
    Dimension.of(dB=1): Phrase(ko="데시벨 값", en="a level in decibels"),
    Dimension.of(m=1, s=-1): Phrase(ko="속력", en="a speed"),
    Dimension.of(m=1, s=-2): Phrase(ko="가속도", en="an acceleration"),
    Dimension.of(s=-1): Phrase(ko="진동수", en="a frequency"),
    Dimension.of(rad=1, s=-1): Phrase(ko="각속도", en="an angular velocity"),
    Dimension.of(kg=1, m=1, s=-2): Phrase(ko="힘", en="a force"),
    Dimension.of(kg=1, m=1, s=-1): Phrase(ko="운동량", en="a momentum"),
    Dimension.of(kg=1, m=2, s=-2): Phrase(ko="에너지", en="an energy"),
    Dimension.of(kg=1, m=2, s=-3): Phrase(ko="일률", en="a power"),
    Dimension.of(kg=1, m=-1, s=-2): Phrase(ko="압력", en="a pressure"),
    Dimension.of(kg=1, m=-3): Phrase(ko="밀도", en="a density"),
    Dimension.of(A=1, s=1): Phrase(ko="전하량", en="an electric charge"),
    Dimension.of(kg=1, m=2, s=-3, A=-1): Phrase(ko="전압", en="a voltage"),
    Dimension.of(kg=1, m=2, s=-3, A=-2): Phrase(ko="저항", en="a resistance"),
    Dimension.of(kg=-1, m=-2, s=4, A=2): Phrase(ko="전기 용량", en="a capacitance"),
    Dimension.of(kg=1, s=-2, A=-1): Phrase(ko="자기장", en="a magnetic field"),
    Dimension.of(kg=1, m=2, s=-2, mol=-1): Phrase(
        ko="몰당 에너지", en="an energy per amount of substance"
    ),
    Dimension.of(mol=1, m=-3): Phrase(ko="농도", en="a concentration"),
}
