"""How the shipped fonts differ from the released ones; run by hand, with fontTools, on released files.

Inter: the figures, points and commas are the tabular ones by themselves, without an OpenType feature: text
that is copied from a PDF then has figures, where the alternates would be nameless glyphs.
STIX Two Math: its italic letters are also a font of their own, in the places of the plain letters, for the
same reason.

    python resources/fonts/derive_fonts.py RELEASED_FOLDER resources/fonts
"""

import sys
from pathlib import Path

from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

ITALIC_FAMILY = "STIX Two Math Letters"
_ALPHABETS = (("a", "z", 0x1D44E), ("A", "Z", 0x1D434), ("α", "ω", 0x1D6FC))
_PLANCK = 0x210E  # the place of the italic h


def with_tabular_figures(font: TTFont) -> None:
    substitutes = _single_substitutions(font, "tnum")
    for table in font["cmap"].tables:
        named = set(substitutes.values())
        table.cmap = {
            code: substitutes.get(name, name)
            for code, name in table.cmap.items()
            if not (0xE000 <= code <= 0xF8FF and name in named)
        }


def _single_substitutions(font: TTFont, feature: str) -> dict[str, str]:
    gsub = font["GSUB"].table
    records = [r.Feature for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == feature]
    lookups = {index for record in records for index in record.LookupListIndex}
    found: dict[str, str] = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            found.update(getattr(table, "ExtSubTable", table).mapping)
    return found


def italic_letters(font: TTFont) -> None:
    names = font.getBestCmap()
    places = {
        code: names[_PLANCK if chr(code) == "h" else start + code - ord(first)]
        for first, last, start in _ALPHABETS
        for code in range(ord(first), ord(last) + 1)
    }
    for table in font["cmap"].tables:
        table.cmap = dict(places)
    subsetter = Subsetter()
    subsetter.options.layout_features = []
    subsetter.options.name_IDs = ["*"]
    subsetter.populate(unicodes=places)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = ITALIC_FAMILY
        elif record.nameID == 6:
            record.string = ITALIC_FAMILY.replace(" ", "")


def main(released: Path, target: Path) -> None:
    for path in sorted(released.glob("Inter*.otf")):
        font = TTFont(path)
        with_tabular_figures(font)
        font.save(target / path.name)
    letters = TTFont(released / "STIXTwoMath-Regular.ttf")
    italic_letters(letters)
    letters.save(target / "STIXTwoMath-Letters.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
