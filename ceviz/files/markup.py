"""Reports as Markdown and as LaTeX, from the same blocks: headings, sentences, tables, calculations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ceviz.explain.formulas import Formula, to_latex, to_text


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`totals` are the rows beneath a line; `words` are the columns that stand at the left."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    totals: Sequence[Sequence[str]] = ()
    words: tuple[str, ...] = ("name",)


@dataclass(frozen=True, slots=True)
class Calculation:
    """Formulas below each other."""

    steps: Sequence[Formula]


Block = Heading | Sentence | Table | Calculation


def markdown(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown; calculations as plain text, which every reader of Markdown shows."""
    return "\n\n".join(_markdown_block(block) for block in blocks) + "\n"


def _markdown_block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"## {_markdown_text(text)}"
        case Sentence(text):
            return _markdown_text(text)
        case Calculation(steps):
            lines = [_one_line(to_text(step)) for step in steps]
            indent = next((line.index(" = ") + 1 for line in lines[:1] if " = " in line), 0)
            return "\n".join(f"    {_under(line, indent)}" for line in lines)
        case Table(header, rows, totals, words):
            lines = [f"| {' | '.join(map(_markdown_text, row))} |" for row in (header, *rows, *totals)]
            alignment = ["---" if name in words else "---:" for name in header]
            return "\n".join([lines[0], f"| {' | '.join(alignment)} |", *lines[1:]])


def _under(line: str, indent: int) -> str:
    """A step of a calculation, its sign under that of the first one."""
    if line.startswith(("=", "≈")):
        return " " * indent + line
    return " " * (indent + 2) + line if line.startswith(("+ ", "− ")) else line


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def _markdown_text(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", " ".join(text.split()))


# LaTeX

_FONTS = """\
% For pdfLaTeX, XeLaTeX and LuaLaTeX. pdfLaTeX prints the code of a letter that its fonts lack. With
% XeLaTeX and LuaLaTeX, choose a font that has the letters, for example: \\setmainfont{Noto Serif CJK SC}"""


def latex(blocks: Sequence[Block]) -> str:
    """The blocks as a LaTeX document that compiles as it is."""
    body = "\n\n".join(_latex_block(block) for block in blocks)
    beyond = sorted({c for c in body if ord(c) > 0x17F and c not in "‘’“”–—…€"} | (_LACKING & set(body)))
    declared = [f"\\DeclareUnicodeCharacter{{{ord(c):04X}}}{{\\texttt{{U+{ord(c):04X}}}}}" for c in beyond]
    preamble = [
        "\\documentclass{article}",
        "\\usepackage[margin=2cm]{geometry}",
        "\\usepackage{amsmath,longtable}",
        "\\ifdefined\\DeclareUnicodeCharacter",
        "\\usepackage[T1]{fontenc}",
        *declared,
        *(["\\else", "\\usepackage{fontspec}"] if beyond else []),
        "\\fi",
    ]
    return "\n".join(
        [*([_FONTS] if beyond else []), *preamble, "\\begin{document}", body, "\\end{document}\n"]
    )


def _latex_block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"\\section*{{{_latex_text(text)}}}"
        case Sentence(text):
            return f"\\noindent {_latex_text(text)}"
        case Calculation(steps):
            lines = [_aligned(_one_line(to_latex(step))) for step in steps]
            return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"
        case Table():
            return _latex_table(block)


def _aligned(step: str) -> str:
    """A step of a calculation with the place at which it stands under the others."""
    before, sign, after = step.partition(" = ")
    if sign and not step.startswith(("=", "\\approx")):
        return f"{before} &= {after}"
    return f"&{step}" if step.startswith(("=", "\\approx")) else f"&\\quad {step}"


def _latex_table(table: Table) -> str:
    lines = [
        f"{' & '.join(map(_latex_text, row))} \\\\" for row in (table.header, *table.rows, *table.totals)
    ]
    totals_at = 1 + len(table.rows)
    alignment = "".join("l" if name in table.words else "r" for name in table.header)
    rule = ["\\hline"] if table.totals else []
    body = ["\\hline", lines[0], "\\hline", "\\endhead", *lines[1:totals_at], *rule, *lines[totals_at:]]
    return "\n".join([f"\\begin{{longtable}}{{{alignment}}}", *body, "\\hline", "\\end{longtable}"])


_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "−": "$-$",
    "∞": r"$\infty$",
    "×": r"$\times$",
    **{character: f"\\{character}" for character in "&%$#_{}"},
    **{
        superscript: f"$^{{{plain}}}$"
        for superscript, plain in zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True)
    },
}
_LACKING = frozenset("ĦħĸĿŀŉŦŧſ")
"""Letters of Latin Extended-A that pdfLaTeX’s fonts lack."""


def _latex_text(text: str) -> str:
    return "".join(_LATEX.get(c, c) for c in _one_line(text))
