"""Adding, removing, copying, moving and naming samples, classes and models."""

from __future__ import annotations

import numpy as np
import pytest

from ceviz.core import edits
from ceviz.core.checks import check
from ceviz.core.document import InputKind, Task
from tests.core.states import state_of

LOGITS = InputKind.LOGITS
PROBABILITIES = InputKind.PROBABILITIES


@pytest.fixture
def state():
    return state_of(
        [[1, 0, 0], [0, 1, 0]], [[0.4, 0.3, 0.3], [0.1, 0.7, 0.2]], [[0.5, 0.2, 0.3], [0.2, 0.6, 0.2]]
    )


def rows(state, model=0):
    return state.models[model].predictions.tolist()


def names(state):
    return [sample.name for sample in state.samples]


class TestSamples:
    @pytest.mark.parametrize(
        ("task", "target", "prediction"),
        [
            (Task.MULTICLASS, [1, 0], [0.5, 0.5]),
            (Task.SOFT, [0.5, 0.5], [0.5, 0.5]),
            (Task.MULTILABEL, [0, 0], [0.5, 0.5]),
        ],
    )
    def test_a_blank_sample(self, task, target, prediction):
        state = state_of([[0, 1]], [[0.2, 0.8]])
        after = edits.add_sample(state, task, -1)
        assert after.targets.tolist() == [target, [0, 1]]
        assert rows(after) == [prediction, [0.2, 0.8]]
        assert names(after) == ["Sample 2", "Sample 1"]

    def test_a_blank_sample_of_logits(self):
        state = state_of([[1.0]], [[3.0]], kind=LOGITS)
        assert rows(edits.add_sample(state, Task.BINARY, 0, "Ball")) == [[3.0], [0.0]]

    def test_remove(self, state):
        assert names(edits.remove_samples(state, Task.MULTICLASS, [0])) == ["Sample 2"]
        blank = edits.remove_samples(state, Task.MULTICLASS, {0, 1})
        assert names(blank) == ["Sample 1"]
        assert blank.targets.tolist() == [[1, 0, 0]]
        assert rows(blank) == [[1 / 3] * 3]

    def test_duplicate(self, state):
        once = edits.duplicate_sample(state, 0)
        assert names(once) == ["Sample 1", "Sample 1 copy", "Sample 2"]
        assert rows(once)[1] == rows(state)[0]
        assert names(edits.duplicate_sample(once, 0))[1] == "Sample 1 copy 2"

    def test_move_there_and_back(self):
        state = state_of(np.eye(4), np.eye(4))
        moved = edits.move_sample(state, 0, 2)
        assert names(moved) == ["Sample 2", "Sample 3", "Sample 1", "Sample 4"]
        assert moved.targets[2].tolist() == [1, 0, 0, 0]
        assert rows(moved) == moved.targets.tolist()
        assert edits.move_sample(moved, 2, 0) == state

    def test_weight_and_ignored_move_with_the_sample(self):
        state = state_of([[1.0], [0.0]], [[0.4], [0.5]], weights=[1.0, 3.0], ignored={1})
        moved = edits.move_sample(state, 1, 0).samples[0]
        assert (moved.weight, moved.ignored) == (3.0, True)

    def test_rename(self, state):
        assert names(edits.rename_sample(state, 1, "  A cat ")) == ["Sample 1", "A cat"]
        with pytest.raises(ValueError, match="needs a name"):
            edits.rename_sample(state, 1, "  ")

    def test_half_a_character_is_no_name(self, state):
        for half in ("\ud83d", "dog \udc36"):
            for rename in (edits.rename_sample, edits.rename_class, edits.rename_model):
                with pytest.raises(ValueError, match="with half a character in it cannot be saved"):
                    rename(state, 1, half)
        whole = edits.rename_sample(state, 1, "dog \U0001f436")
        assert names(whole)[1] == "dog 🐶"


class TestClasses:
    def test_add_keeps_the_sums(self, state):
        after = edits.add_class(state, Task.MULTICLASS)
        assert after.classes == ("dog", "cat", "panda", "class 4")
        assert check(after, Task.MULTICLASS) == ()
        assert rows(after)[0] == [0.4, 0.3, 0.3, 0.0]

    def test_add_a_label(self, state):
        after = edits.add_class(state, Task.MULTILABEL, "ball")
        assert rows(after)[0] == [0.4, 0.3, 0.3, 0.5]
        assert after.targets[0].tolist() == [1, 0, 0, 0]

    def test_remove_leaves_the_other_numbers(self, state):
        after = edits.remove_class(state, Task.MULTICLASS, 2)
        assert after.classes == ("dog", "cat")
        assert rows(after)[0] == [0.4, 0.3]
        assert [issue.code for issue in check(after, Task.MULTICLASS)] == ["sum"] * 4

    @pytest.mark.parametrize(
        ("task", "kind", "target", "prediction"),
        [
            (Task.MULTICLASS, PROBABILITIES, [1, 0, 0], [0.3, 0.3, 0.4]),
            (Task.SOFT, PROBABILITIES, [0.5, 0.5, 0], [0.3, 0.3, 0.4]),
            (Task.MULTICLASS, LOGITS, [1, 0, 0], [0.6, 0.6, 0.4]),
            (Task.MULTILABEL, PROBABILITIES, [1, 1, 0], [0.6, 0.6, 0.4]),
        ],
    )
    def test_duplicate(self, task, kind, target, prediction):
        after = edits.duplicate_class(state_of([[1, 0]], [[0.6, 0.4]], kind=kind), task, 0)
        assert after.classes == ("dog", "dog copy", "cat")
        assert after.targets.tolist() == [target]
        assert rows(after) == [prediction]

    def test_move_there_and_back(self, state):
        moved = edits.move_class(state, 0, 2)
        assert moved.classes == ("cat", "panda", "dog")
        assert moved.targets.tolist() == [[0, 0, 1], [1, 0, 0]]
        assert rows(moved)[1] == [0.7, 0.2, 0.1]
        assert edits.move_class(moved, 2, 0) == state

    def test_names_are_there_and_unlike(self, state):
        assert edits.rename_class(state, 0, "wolf").classes == ("wolf", "cat", "panda")
        assert edits.rename_class(state, 0, "dog") == state
        for attempt in (
            lambda: edits.rename_class(state, 0, "cat"),
            lambda: edits.add_class(state, Task.SOFT, "cat"),
        ):
            with pytest.raises(ValueError, match="already a class named cat"):
                attempt()

    def test_binary_has_one_class(self):
        binary = state_of([[1.0]], [[0.4]])
        for edit in (edits.add_class, edits.remove_class, edits.duplicate_class):
            with pytest.raises(ValueError, match="Binary has one class"):
                edit(binary, Task.BINARY, *([] if edit is edits.add_class else [0]))

    def test_the_last_class_stays(self):
        with pytest.raises(ValueError, match="last class stays"):
            edits.remove_class(state_of([[1.0]], [[1.0]]), Task.MULTICLASS, 0)

    def test_too_many(self):
        state = state_of(np.eye(1, 1000), np.eye(1, 1000))
        for attempt in (
            lambda: edits.add_class(state, Task.MULTICLASS),
            lambda: edits.duplicate_class(state, Task.MULTICLASS, 0),
        ):
            with pytest.raises(ValueError, match="at most 1,000 classes"):
                attempt()


class TestModels:
    def test_add_copies_the_last(self, state):
        after = edits.add_model(state)
        assert [model.name for model in after.models] == ["A", "B", "C"]
        assert rows(after, 2) == rows(state, 1)

    def test_a_free_letter_is_taken(self, state):
        left = edits.remove_model(state, 0)
        assert [model.name for model in edits.add_model(left).models] == ["B", "A"]

    def test_remove_and_rename(self, state):
        assert edits.remove_model(state, 1).models == state.models[:1]
        assert edits.rename_model(state, 1, "Forest").models[1].name == "Forest"
        with pytest.raises(ValueError, match="already a model named A"):
            edits.rename_model(state, 1, "A")
        with pytest.raises(ValueError, match="last model stays"):
            edits.remove_model(edits.remove_model(state, 1), 0)

    def test_swap_there_and_back(self, state):
        three = edits.rename_model(edits.add_model(state), 0, "Forest")
        swapped = edits.swap_models(three)
        assert [model.name for model in swapped.models] == ["B", "Forest", "C"]
        assert rows(swapped, 0) == [[0.5, 0.2, 0.3], [0.2, 0.6, 0.2]]
        assert edits.swap_models(swapped) == three
        with pytest.raises(ValueError, match="no model 2"):
            edits.swap_models(edits.remove_model(state, 0))

    def test_models_named_after_their_places_leave_the_names_there(self, state):
        swapped = edits.swap_models(state)
        assert [model.name for model in swapped.models] == ["A", "B"]
        assert rows(swapped, 0) == rows(state, 1)
        assert edits.swap_models(swapped) == state

    def test_copy_keeps_the_name(self, state):
        logits = edits.set_input(state, Task.MULTICLASS, 0, LOGITS)
        after = edits.copy_model(logits, 0, 1)
        assert [model.name for model in after.models] == ["A", "B"]
        assert after.models[1].input is LOGITS
        assert rows(after, 1) == rows(logits, 0)
        assert edits.copy_model(state, 1, 1) == state
        for source, destination in ((2, 0), (0, 2)):
            with pytest.raises(ValueError, match="no model 3"):
                edits.copy_model(state, source, destination)

    def test_eight_at_most(self, state):
        for _ in range(6):
            state = edits.add_model(state)
        with pytest.raises(ValueError, match="at most 8 models"):
            edits.add_model(state)

    def test_a_million_numbers_at_most(self):
        state = state_of(np.eye(100)[np.arange(10_000) % 100], np.full((10_000, 100), 0.01))
        with pytest.raises(ValueError, match="at most 1,000,000 predicted numbers"):
            edits.add_model(state)
