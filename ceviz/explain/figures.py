"""What a figure shows, as plain values, by its name and by what it includes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ceviz.core.document import Document, Task
from ceviz.core.evaluation import Evaluation
from ceviz.explain.batch_table import BatchTable, batch_table
from ceviz.explain.charts import CurveChart
from ceviz.explain.compare_batch import CompareBatch, compare_batch
from ceviz.explain.compare_curve import CompareCurve, compare_curve, compare_y_top
from ceviz.explain.compare_headline import CompareHeadline, compare_headline
from ceviz.explain.curve_charts import curve_charts, y_top_for
from ceviz.explain.headline import Headline, headline
from ceviz.explain.lenses import LensValue, chosen_lens, lens_value, lenses
from ceviz.explain.sentences import sample_heading
from ceviz.explain.shared_lenses import CompareLens, compared_lens_value, shared_lenses
from ceviz.explain.shown import Shown

FIGURES = ("curve", "lens", "equation", "batch", "view")
_MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class Include:
    """The parts of a figure that can be left out. `square_error` None: as the document's view has it."""

    caption: bool = True
    axis_values: bool = True
    other_samples: bool = True
    square_error: bool | None = None


@dataclass(frozen=True, slots=True)
class Curves:
    """One chart, or for multi-label one per label; of two models where they are compared."""

    charts: tuple[CurveChart | CompareCurve, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WholeView:
    """All of a tab without its controls."""

    title: str
    subtitle: str
    equation: Headline | CompareHeadline
    curves: Curves
    lens: Lens
    batch: BatchTable | CompareBatch


Lens = LensValue | CompareLens
FigureValue = Curves | Lens | Headline | CompareHeadline | BatchTable | CompareBatch | WholeView


def shown_in(document: Document, task: Task, evaluation: Evaluation, include: Include) -> Shown:
    """What a figure of one task is made from: what the document's view shows."""
    state, view = document.tasks[task], document.views[task]
    overlay = view.overlay if include.square_error is None else include.square_error
    compare = view.compare and len(state.models) > 1
    shown = Shown(
        task, state, evaluation, view.sample, 1.0, overlay=overlay, compare=compare, fresh=view.fresh
    )
    return replace(shown, y_top=compare_y_top(shown) if compare else y_top_for(shown))


def lens_of(document: Document, task: Task) -> tuple[str, str]:
    """Key and title of the lens that is shown."""
    state, view = document.tasks[task], document.views[task]
    compare = view.compare and len(state.models) > 1
    wanted = chosen_lens(view.lens, task, state.class_count)
    options = dict((shared_lenses if compare else lenses)(task, state.class_count, wanted))
    lens = wanted if wanted in options else next(iter(options))
    return lens, options[lens]


def figure_value(shown: Shown, figure: str, lens: str, include: Include) -> FigureValue:
    """The values of one of `FIGURES`; `lens` is the key of the lens."""
    if figure == "curve":
        return _curves(shown, include)
    if figure == "lens":
        return _lens(shown, lens)
    if figure == "equation":
        return _equation(shown)
    if figure == "batch":
        return _batch(shown)
    title, subtitle = sample_heading(shown)
    return WholeView(
        title=title,
        subtitle=subtitle,
        equation=_equation(shown),
        curves=_curves(shown, include),
        lens=_lens(shown, lens),
        batch=_batch(shown),
    )


def _curves(shown: Shown, include: Include) -> Curves:
    if shown.compare:
        return Curves(tuple(_compared(chart, include) for chart in compare_curve(shown)))
    return Curves(tuple(_single(chart, include) for chart in curve_charts(shown)))


def _single(chart: CurveChart, include: Include) -> CurveChart:
    marks = chart.marks if include.other_samples else ()
    return replace(chart, marks=marks, pills=chart.pills and include.axis_values)


def _compared(chart: CompareCurve, include: Include) -> CompareCurve:
    return replace(chart, marks=chart.marks if include.other_samples else ())


def _lens(shown: Shown, lens: str) -> Lens:
    return compared_lens_value(shown, lens) if shown.compare else lens_value(shown, lens)


def _equation(shown: Shown) -> Headline | CompareHeadline:
    return compare_headline(shown) if shown.compare else headline(shown, max_terms=_MOST_TERMS)


def _batch(shown: Shown) -> BatchTable | CompareBatch:
    return compare_batch(shown) if shown.compare else batch_table(shown)
