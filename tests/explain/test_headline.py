import pytest

from ceviz.core.document import Task, Unit
from ceviz.explain.formulas import to_latex, to_text
from ceviz.explain.headline import headline, worked_line
from tests.explain.examples import show, shown, state_of

PICTURES = {
    Task.MULTICLASS: [("−1·ln 0.4", "dog", "0.916"), ("−0·ln 0.3", "cat", "0"), ("−0·ln 0.3", "panda", "0")],
    Task.SOFT: [
        ("−0.7·ln 0.3", "dog", "0.843"),
        ("−0.2·ln 0.5", "cat", "0.139"),
        ("−0.1·ln 0.2", "panda", "0.161"),
    ],
    Task.BINARY: [("−1·ln 0.7", "dog", "0.357"), ("−0·ln 0.3", "not dog", "0")],
    Task.MULTILABEL: [
        ("−ln 0.9", "dog", "0.105"),
        ("−ln (1 − 0.3)", "cat", "0.357"),
        ("−ln (1 − 0.05)", "panda", "0.051"),
        ("−ln 0.6", "ball", "0.511"),
        ("−ln 0.8", "person", "0.223"),
    ],
}
SUMMARIES = {
    Task.MULTICLASS: [("=", "−ln p_dog", "shortcut", "0.916")],
    Task.SOFT: [("=", "H(t)", "floor", "0.802"), ("+", "KL(t ‖ p)", "excess", "0.341")],
    Task.BINARY: [],
    Task.MULTILABEL: [],
}


def written(terms):
    return [(to_text(term.formula), term.name, term.value_text) for term in terms]


@pytest.mark.parametrize("task", Task)
def test_terms_of_the_examples(task):
    line = headline(shown(task))
    assert written(line.terms) == PICTURES[task]
    assert [
        (joiner, *part) for joiner, part in zip(line.summary_joiners, written(line.summary), strict=True)
    ] == (SUMMARIES[task])


@pytest.mark.parametrize(
    ("task", "number", "definition", "glyph"),
    [
        (Task.MULTICLASS, "0.916", "−∑ᵢ tᵢ ln pᵢ", 0),
        (Task.SOFT, "1.142", "−∑ᵢ tᵢ ln pᵢ", 0),
        (Task.BINARY, "0.357", "−t ln p − (1 − t) ln (1 − p)", 0),
        (Task.MULTILABEL, "1.247", "∑ₖ BCE(tₖ, pₖ)", None),
    ],
)
def test_number_and_definition_of_the_examples(task, number, definition, glyph):
    line = headline(shown(task))
    assert (line.caption, line.number_text, line.unit) == ("Loss of sample 1", number, "nats")
    assert line.accessible == f"loss {number} nats"
    assert to_text(line.definition) == definition
    assert line.glyph_class == glyph
    assert not line.stale
    assert not line.hint


def test_logits_show_the_probabilities_of_softmax():
    line = headline(shown(Task.MULTICLASS, logits=[2, 1, 0.1]))
    assert line.number_text == "0.417"
    assert written(line.terms) == [
        ("−1·ln 0.659", "dog", "0.417"),
        ("−0·ln 0.242", "cat", "0"),
        ("−0·ln 0.099", "panda", "0"),
    ]


def test_infinite_loss():
    line = headline(shown(Task.MULTICLASS, 4, prediction=[0.3, 0.7, 0]))
    assert (line.caption, line.number_text, line.accessible) == ("Loss of sample 5", "∞", "loss ∞ nats")
    assert written(line.terms) == [
        ("−0·ln 0.3", "dog", "0"),
        ("−0·ln 0.7", "cat", "0"),
        ("−1·ln 0", "panda", "∞"),
    ]
    assert written(line.summary) == [("−ln p_panda", "shortcut", "∞")]
    assert line.glyph_class == 2


def test_bits():
    line = headline(shown(Task.MULTICLASS, prediction=[0.25, 0.5, 0.25], unit=Unit.BITS))
    assert (line.number_text, line.unit) == ("2.000", "bits")
    assert to_text(line.terms[0].formula) == "−1·log₂ 0.25"
    assert to_text(line.definition) == "−∑ᵢ tᵢ log₂ pᵢ"
    assert to_text(line.summary[0].formula) == "−log₂ p_dog"


THIRD = 1 / 3


@pytest.mark.parametrize(
    ("task", "target", "p", "terms"),
    [
        # -ln 0.333 = 1.0996 reads 1.100, not 1.099.
        (
            Task.MULTICLASS,
            [1, 0, 0],
            [THIRD, THIRD, 1 - 2 * THIRD],
            ["−1·ln 0.3333", "−0·ln 0.3333", "−0·ln 0.3333"],
        ),
        # A probability that no term needs more digits of keeps three.
        (
            Task.MULTICLASS,
            [1, 0, 0],
            [THIRD, 0.34567, 1 - THIRD - 0.34567],
            ["−1·ln 0.3333", "−0·ln 0.346", "−0·ln 0.321"],
        ),
        # -0.9 ln 0.333 = 0.98965, -0.9 ln (1/3) = 0.98875; -0.1 ln 0.333 = 0.10996, -0.1 ln (1/3) = 0.10986
        (
            Task.SOFT,
            [0.9, 0.1, 0],
            [THIRD, THIRD, THIRD],
            ["−0.9·ln 0.3333", "−0.1·ln 0.3333", "−0·ln 0.3333"],
        ),
        # -ln (1 - 0.333) = 0.40497, -ln (2/3) = 0.40547
        (Task.MULTILABEL, [1, 0], [THIRD, THIRD], ["−ln 0.3333", "−ln (1 − 0.3333)"]),
    ],
)
def test_the_same_probability_has_the_same_digits_in_one_line(task, target, p, terms):
    line = headline(many(task, target, p))
    assert [to_text(term.formula) for term in line.terms] == terms


def test_slots_are_as_wide_as_two_decimals():
    assert [to_text(term.widest) for term in headline(shown(Task.MULTICLASS)).terms] == [
        "−1·ln 0.88",
        "−0·ln 0.88",
        "−0·ln 0.88",
    ]
    assert to_text(headline(shown(Task.SOFT)).terms[0].widest) == "−0.88·ln 0.88"
    assert to_text(headline(shown(Task.MULTILABEL)).terms[1].widest) == "−ln (1 − 0.88)"


def test_while_dragging_numbers_have_two_decimals_unless_the_term_needs_three():
    line = headline(shown(Task.MULTICLASS, prediction=[0.4, 0.343, 0.257], dragging=True))
    assert [to_text(term.formula) for term in line.terms] == ["−1·ln 0.40", "−0·ln 0.34", "−0·ln 0.26"]
    # -ln 0.34 is 1.079, but the loss is 1.070
    line = headline(shown(Task.MULTICLASS, prediction=[0.343, 0.4, 0.257], dragging=True))
    assert to_text(line.terms[0].formula) == "−1·ln 0.343"
    line = headline(shown(Task.MULTICLASS, prediction=[0.4, 0.343, 0.257], dragging=True, fine=True))
    assert to_text(line.terms[1].formula) == "−0·ln 0.343"


def many(task, target, p):
    return show(state_of([f"c{k}" for k in range(len(p))], [target], [p]), task)


def test_zero_terms_fold():
    line = headline(many(Task.MULTICLASS, [0, 1] + [0] * 8, [0.1] * 10))
    assert written(line.terms) == [("−1·ln 0.1", "c1", "2.303"), ("+ 0", "for 9 classes", "")]
    others = line.terms[1]
    assert (others.kind, others.zero, others.class_count, others.class_index) == ("others", True, 9, None)
    assert to_text(worked_line(line)) == (
        "L = −∑ᵢ tᵢ ln pᵢ = −1·ln 0.1 + 0 for 9 classes = −ln p_c1 ≈ 2.303 nats"
    )


def test_a_term_with_a_target_never_folds_into_the_zeros():
    # −1·ln 1 is 0 as the other nine are, but it is the loss.
    line = headline(many(Task.MULTICLASS, [0, 1] + [0] * 8, [0, 1] + [0] * 8))
    assert written(line.terms) == [("−1·ln 1", "c1", "0"), ("+ 0", "for 9 classes", "")]
    assert to_text(worked_line(line)) == (
        "L = −∑ᵢ tᵢ ln pᵢ = −1·ln 1 + 0 for 9 classes = −ln p_c1 = 0.000 nats"
    )
    # Labels: of c0 −ln 1 = 0, of nine that are off −ln 0.5, together 6.2383.
    line = headline(many(Task.MULTILABEL, [1] + [0] * 9, [1] + [0.5] * 9), max_terms=3)
    assert [(term.name, term.value_text) for term in line.terms[:2]] == [("c0", "0"), ("c1", "0.693")]
    assert written(line.terms)[2] == ("+ 5.545", "for 8 labels", "")
    # Soft: −0.5·ln 1 = 0 beside −0.5·ln 0 = ∞.
    line = headline(many(Task.SOFT, [0.5, 0.5] + [0] * 8, [1, 0] + [0] * 8))
    assert [term.name for term in line.terms] == ["c0", "c1", "for 8 classes"]


def test_many_terms_fold_into_the_largest_and_their_sum():
    # 20 terms of -0.05 ln 0.05 = 0.1498; 17 of them are 2.5464.
    line = headline(many(Task.SOFT, [0.05] * 20, [0.05] * 20), max_terms=4)
    assert written(line.terms)[-1] == ("+ 2.546", "for 17 classes", "")
    assert [term.class_index for term in line.terms] == [0, 1, 2, None]


def test_infinite_terms_are_the_last_to_fold():
    line = headline(many(Task.MULTILABEL, [1] * 10, [0.1] * 9 + [0]), max_terms=2)
    assert written(line.terms) == [("−ln 0", "c9", "∞"), ("+ 20.723", "for 9 labels", "")]


def test_soft_label():
    line = headline(many(Task.MULTILABEL, [0.3, 0], [0.9, 1e-7]))
    # -0.3 ln 0.9 - 0.7 ln 0.1 = 1.64341
    assert written(line.terms) == [("BCE(0.3, 0.9)", "c0", "1.643"), ("−ln (1 − 10⁻⁷)", "c1", "1.00 × 10⁻⁷")]
    assert to_text(worked_line(line)) == "L = ∑ₖ BCE(tₖ, pₖ) = BCE(0.3, 0.9) − ln (1 − 10⁻⁷) ≈ 1.643 nats"


def test_saturated_logits_keep_their_digits():
    # ln(1 + e^-40) = 4.248e-18; -ln(1 - sigmoid(50)) = 50
    line = headline(show(state_of(["a", "b"], [[1, 0]], [[40, 50]], input="logits"), Task.MULTILABEL))
    assert written(line.terms) == [
        ("−ln (1 − 4.25 × 10⁻¹⁸)", "a", "4.25 × 10⁻¹⁸"),
        ("−ln (1.929 × 10⁻²²)", "b", "50.000"),
    ]


def test_a_long_name_is_elided_in_the_formula_only():
    line = headline(show(state_of(["abcdefghijklmnopqrstuvwxyz"], [[1]], [[1]]), Task.MULTICLASS))
    assert to_text(line.summary[0].formula) == "−ln p_abcdefgh…tuvwxyz"
    assert line.terms[0].name == "abcdefghijklmnopqrstuvwxyz"


def test_an_invalid_row_keeps_the_last_valid_equation_of_the_same_sample():
    valid, invalid = shown(Task.MULTICLASS, 3), shown(Task.MULTICLASS, 3, prediction=[0.25, 0.53, 0.15])
    line = headline(invalid, valid)
    assert (line.number_text, line.stale, line.hint) == ("1.386", True, "fix sample 4")
    assert line.accessible == "no loss: fix sample 4"
    assert line.caption == "Last valid loss of sample 4"
    assert line.terms == headline(valid).terms
    assert headline(invalid, shown(Task.MULTICLASS, 0)).number_text == "–"
    assert headline(invalid).terms == ()
    assert headline(invalid).accessible == "no loss: fix sample 4"
    assert headline(invalid, invalid).number_text == "–"
    assert to_text(worked_line(headline(invalid))) == "L = −∑ᵢ tᵢ ln pᵢ"


def test_worked_line():
    assert to_text(worked_line(headline(shown(Task.MULTICLASS)))) == (
        "L = −∑ᵢ tᵢ ln pᵢ = −1·ln 0.4 − 0·ln 0.3 − 0·ln 0.3 = −ln p_dog ≈ 0.916 nats"
    )
    assert to_latex(worked_line(headline(shown(Task.SOFT)))) == (
        r"L = -\sum_{i} t_{i} \ln p_{i} = -0.7\cdot \ln 0.3 - 0.2\cdot \ln 0.5 - 0.1\cdot \ln 0.2"
        r" = H(t) + \operatorname{KL}(t \parallel p) \approx 1.142\text{ nats}"
    )
    infinite = worked_line(headline(shown(Task.BINARY, prediction=[0])))
    assert to_text(infinite).endswith("= −1·ln 0 − 0·ln 1 = ∞ nats")
