import json
import math
import os
import stat

import pytest

from ceviz.core.document import (
    InputKind,
    LossOptions,
    Reduction,
    Sample,
    Task,
    Unit,
    View,
)
from ceviz.core.evaluation import evaluate
from ceviz.files.document_file import (
    DEFAULT_EXAMPLES,
    DocumentError,
    default_document,
    load_document,
    read_document,
    save_document,
    write_document,
)
from ceviz.files.resources import examples


def content(**changes):
    """A small valid document as Python values; `changes` replace keys of its one task."""
    task = {
        "classes": ["dog", "cat", "panda"],
        "samples": [{"name": "An image of a dog", "target": [1, 0, 0]}],
        "models": [{"name": "A", "input": "probabilities", "predictions": [[0.4, 0.3, 0.3]]}],
    }
    return {
        "format": "ceviz",
        "version": 1,
        "active_task": "multiclass",
        "tasks": {"multiclass": {**task, **changes}},
    }


def failure(value):
    text = value if isinstance(value, str | bytes) else json.dumps(value)
    with pytest.raises(DocumentError) as caught:
        read_document(text)
    return str(caught.value)


def models(predictions, kind="probabilities"):
    return [{"name": "A", "input": kind, "predictions": predictions}]


# The worked examples: the numbers in the pictures of the design.


@pytest.mark.parametrize(
    ("task", "total", "mean"),
    [
        ("multiclass", 4.241, 0.848),
        ("soft", 4.221, 0.844),
        ("binary", 2.597, 0.519),
        ("multilabel", 6.443, 1.289),
    ],
)
def test_examples_have_the_numbers_of_the_pictures(task, total, mean):
    task = Task(task)
    document = load_document(examples()[DEFAULT_EXAMPLES[task]])
    result = evaluate(document.tasks[task], task).models[0]
    assert document.active_task is task
    assert document.tasks[task] == default_document().tasks[task]
    assert (round(result.sum, 3), round(result.mean, 3)) == (total, mean)


def test_the_first_run_is_the_worked_example():
    document = default_document()
    state = document.tasks[Task.MULTICLASS]
    assert document.active_task is Task.MULTICLASS
    assert state.classes == ("dog", "cat", "panda")
    assert state.models[0].predictions[0].tolist() == [0.4, 0.3, 0.3]
    assert document.views[Task.MULTICLASS].overlay


# Reading


def test_a_missing_task_takes_the_default_and_a_missing_option_its_default():
    document = read_document(json.dumps(content()))
    assert document.tasks[Task.SOFT] == default_document().tasks[Task.SOFT]
    assert document.tasks[Task.MULTICLASS].options == LossOptions(Unit.NATS, Reduction.MEAN, 1.0)
    assert document.tasks[Task.MULTICLASS].samples == (Sample("An image of a dog", 1.0, False),)
    assert document.views[Task.MULTICLASS] == View()


def test_all_that_a_file_may_say_is_read():
    value = content(
        samples=[{"name": "a", "target": [1, 0, 0], "weight": 2.5, "ignored": True}],
        models=models([[2, "inf", "-inf"]], "logits"),
        options={"unit": "bits", "reduction": "sum", "temperature": 2, "convention": "exact", "call": None},
    )
    value["view"] = {"multiclass": {"sample": 1, "lens": "terms", "overlay": True}, "soft": {"sample": 3}}
    document = read_document(json.dumps(value).encode())
    state = document.tasks[Task.MULTICLASS]
    assert state.samples == (Sample("a", 2.5, True),)
    assert state.models[0].input is InputKind.LOGITS
    assert state.models[0].predictions.tolist() == [[2.0, math.inf, -math.inf]]
    assert state.options == LossOptions(Unit.BITS, Reduction.SUM, 2.0)
    assert document.views[Task.MULTICLASS] == View(0, "terms", True)
    assert document.views[Task.SOFT].sample == 2


def test_what_is_no_distribution_is_kept_as_it_is():
    document = read_document(json.dumps(content(models=models([[0.5, -0.1, 1.7]]))))
    assert document.tasks[Task.MULTICLASS].models[0].predictions.tolist() == [[0.5, -0.1, 1.7]]


def test_a_byte_order_mark_is_passed_over():
    assert read_document(b"\xef\xbb\xbf" + json.dumps(content()).encode()) == read_document(
        json.dumps(content())
    )


SHAPES = [
    (
        content(
            samples=[{"name": "a", "target": [1, 0, 0]}] * 3,
            models=models([[0.4, 0.3, 0.3], [0.4, 0.3, 0.3], [0.5, 0.5]]),
        ),
        "tasks.multiclass.models[0].predictions[2]: expected 3 numbers, got 2",
    ),
    (
        content(samples=[{"name": "a", "target": [1, 0]}]),
        "tasks.multiclass.samples[0].target: expected 3 numbers, got 2",
    ),
    (
        content(models=models([[0.4, 0.3, 0.3]] * 2)),
        "tasks.multiclass.models[0].predictions: expected as many rows as samples, 1, got 2",
    ),
    (
        content(models=models([[0.4, "x", 0.3]], "logits")),
        'tasks.multiclass.models[0].predictions[0][1]: expected a number, "inf" or "-inf", got "x"',
    ),
    (
        content(models=models([[0.4, "inf", 0.3]])),
        "tasks.multiclass.models[0].predictions[0][1]: "
        'expected a number, got "inf"; only logits may be infinite',
    ),
    (
        content(models=models([[0.4, True, 0.3]])),
        "tasks.multiclass.models[0].predictions[0][1]: expected a number, got true or false",
    ),
    (
        content(samples=[{"name": 3, "target": [1, 0, 0]}]),
        "tasks.multiclass.samples[0].name: expected a string, got a number",
    ),
    (content(samples=[{"name": "a"}]), "tasks.multiclass.samples[0].target: missing"),
    (content(samples=[]), "tasks.multiclass.samples: at least one is needed"),
    (content(colour="red"), "tasks.multiclass.colour: unknown key"),
    ({**content(), "author": "x"}, "author: unknown key"),
    ({**content(), "tasks": {"regression": {}}}, "tasks.regression: unknown key"),
    (
        {**content(), "active_task": "regression"},
        'active_task: expected one of multiclass, soft, binary, multilabel, got "regression"',
    ),
    ({**content(), "view": {"multiclass": {"sample": 2}}}, "view.multiclass.sample: there is no sample 2"),
    ({**content(), "view": {"multiclass": {"sample": 0}}}, "view.multiclass.sample: there is no sample 0"),
    ({**content(), "version": 2, "news": 1}, "version: written by a newer ceviz"),
    ({**content(), "version": True}, "version: expected 1"),
    (
        content(models=models([[0.4, 0.3, 0.3]], "odds")),
        'tasks.multiclass.models[0].input: expected one of probabilities, logits, got "odds"',
    ),
    (
        content(options={"temperature": 0}),
        "tasks.multiclass.options.temperature: expected a number above 0, got 0",
    ),
    ({"swagger": "2.0"}, 'format: expected "ceviz"; this is not a ceviz document'),
    ([1, 2], 'format: expected "ceviz"; this is not a ceviz document'),
]


@pytest.mark.parametrize(("value", "message"), SHAPES, ids=[message[:60] for _, message in SHAPES])
def test_a_text_of_another_shape_is_refused_with_the_place(value, message):
    assert failure(value) == message


def test_binary_has_one_class():
    value = {"format": "ceviz", "version": 1, "active_task": "binary"}
    value["tasks"] = {"binary": content()["tasks"]["multiclass"]}
    assert failure(value) == "tasks.binary.classes: expected 1 class, the positive one, got 3"


TEXTS = [
    ("", "line 1: the file is empty"),
    ("{\n", "line 2: the text ends too early"),
    (json.dumps(content(), indent=1)[:200], "line 14: the text ends too early"),
    ('{"format": "ceviz",\n"version": NaN}', "line 2: NaN is not a JSON number"),
    ('{"format": "ceviz",\n"version": -Infinity}', "line 2: -Infinity is not a JSON number"),
    ('{"format": "ceviz"}\n}', "line 2: not JSON: trailing characters"),
    (b'{"format":\n"\xff"}', "line 2: not UTF-8 text"),
    (json.dumps(content()).encode("utf-16"), "document: UTF-16 text; documents are UTF-8"),
    ('{"format": "\ud800"}', "document: not Unicode text"),
    ('{"format":' * 100_000, "document: nested too deeply"),
    ("[" * 100_000, 'format: expected "ceviz"; this is not a ceviz document'),
    ("label,a,b\n0,1,0", "line 1: not JSON: invalid character"),
]


@pytest.mark.parametrize(("text", "message"), TEXTS, ids=[message for _, message in TEXTS])
def test_a_text_that_is_no_json_is_refused_with_the_line(text, message):
    assert failure(text) == message


@pytest.mark.parametrize("number", ["1e400", "-1e999", "9" * 400, "9" * 6000])
def test_a_number_beyond_float_is_refused(number):
    text = json.dumps(content()).replace("0.4", number)
    assert failure(text) == "tasks.multiclass.models[0].predictions[0][0]: too large a number"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"version": 1', '"version": 1, "version": 1', "version"),
        ('"target": [1', '"name": "b", "target": [1', "tasks.multiclass.samples[1].name"),
        ('"input"', '"n\\u0061me": "b", "input"', "tasks.multiclass.models[0].name"),
    ],
)
def test_a_key_that_appears_twice_is_named(old, new, path):
    first = {"name": 'first "quoted": [', "target": [0, 0, 1]}
    value = content(
        samples=[first, {"name": "a", "target": [1, 0, 0]}], models=models([[0.4, 0.3, 0.3], [0, 1, 0]])
    )
    assert failure(json.dumps(value).replace(old, new)) == f"{path}: appears twice"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"classes": ["c"] * 1001}, "tasks.multiclass.classes: 1,001 classes, at most 1,000 fit here"),
        (
            {"samples": [{"name": "", "target": []}] * 10_001},
            "tasks.multiclass.samples: 10,001 samples, at most 10,000 fit here",
        ),
        ({"models": models([]) * 9}, "tasks.multiclass.models: 9 models, at most 8 fit here"),
        (
            {"classes": ["c"] * 101, "samples": [{"name": "", "target": []}] * 10_000},
            "tasks.multiclass: 1,010,000 numbers, at most 1,000,000 fit here",
        ),
    ],
)
def test_what_is_too_large_names_the_dataset_view(changes, message):
    assert failure(content(**changes)) == f"{message}; the Dataset view is for larger sets"


@pytest.mark.parametrize(("value", "count"), [("{}", 90_000), ("[]", 800_000)])
def test_far_too_many_values_are_refused_before_they_take_memory(value, count):
    text = json.dumps(content(samples="HERE")).replace('"HERE"', f"[{f'{value},' * count}{value}]")
    assert failure(text) == ("document: far more numbers than fit here; the Dataset view is for larger sets")


def test_brackets_and_commas_in_names_count_as_nothing():
    name = "[{,\\" * 100_000
    samples = [{"name": name, "target": [1, 0, 0]}]
    assert read_document(json.dumps(content(samples=samples))).tasks[Task.MULTICLASS].samples[0].name == name


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.ceviz"
    with path.open("wb") as file:
        file.truncate(2**40)
    # Read, a terabyte would be a MemoryError.
    with pytest.raises(DocumentError, match="192 MB"):
        load_document(path)


# Writing


def test_a_written_vector_is_one_line():
    assert "\n          [0.05, 0.05, 0.9],\n" in write_document(default_document()).decode()


def test_saving_keeps_permissions_and_links(tmp_path):
    path, link = tmp_path / "a.ceviz", tmp_path / "link.ceviz"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    save_document(default_document(), link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert load_document(path) == default_document()


def test_a_write_protected_file_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "a.ceviz"
    path.write_bytes(b"precious")
    monkeypatch.setattr(os, "access", lambda *_: False)  # as for anyone but root
    with pytest.raises(PermissionError, match="write-protected"):
        save_document(default_document(), path)
    assert path.read_bytes() == b"precious"
    assert [other.name for other in tmp_path.iterdir()] == ["a.ceviz"]


def test_a_new_file_has_the_usual_permissions(tmp_path):
    (tmp_path / "usual").touch()
    save_document(default_document(), tmp_path / "a.ceviz")
    assert (tmp_path / "a.ceviz").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_failed_save_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.ceviz"
    path.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_document(default_document(), path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.ceviz"]


def test_saving_into_a_missing_folder_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        save_document(default_document(), tmp_path / "missing" / "a.ceviz")


def test_a_negative_weight_is_refused_with_its_place():
    text = (
        write_document(default_document())
        .decode()
        .replace('"name": "An image of a dog"', '"weight": -1, "name": "x"', 1)
    )
    with pytest.raises(DocumentError, match=r"samples\[0\]\.weight: at least 0 is needed, not -1"):
        read_document(text)
