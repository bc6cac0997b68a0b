"""The command line as people run it: exit status, output, and one line for whatever goes wrong."""

import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from subprocess import CompletedProcess

import numpy as np
import pytest

from ceviz.cli import main
from ceviz.files.document_file import default_document, write_document
from ceviz.files.resources import examples


def process(*arguments, **options):
    """Run the command line in a process of its own."""
    options = {"capture_output": True, "text": True, "timeout": 60, **options}
    return subprocess.run([sys.executable, "-m", "ceviz", *map(str, arguments)], **options)


def ceviz(*arguments, input=""):
    """Run the command line in this process: starting another one takes most of the time of a test."""
    streams = [TextIOWrapper(BytesIO(content), encoding="utf-8") for content in (input.encode(), b"", b"")]
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        try:
            status = main(list(map(str, arguments)))
        except SystemExit as done:
            status = done.code or 0
    for stream in streams:
        stream.seek(0)
    return CompletedProcess(arguments, status, *(stream.read() for stream in streams[1:]))


def failed(*arguments, run=ceviz, **options):
    """The one line on standard error of a run that fails."""
    done = run(*arguments, **options)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    return lines[0]


@pytest.fixture
def path(tmp_path):
    """A document with all four tasks."""
    path = tmp_path / "a.ceviz"
    path.write_bytes(write_document(default_document()))
    return path


# The means come from scikit-learn's log_loss on the unclipped probabilities.
@pytest.mark.parametrize(
    ("name", "task", "count", "mean", "infinite"),
    [
        ("digits-forest.csv", "multiclass", 450, "inf", 2),
        ("digits-logistic.csv", "multiclass", 450, pytest.approx(0.2092477843707, rel=1e-12), 0),
        ("tumours-logistic.csv", "binary", 143, pytest.approx(0.1319521307472, rel=1e-12), 0),
    ],
)
def test_predictions_of_a_real_model(name, task, count, mean, infinite):
    result = json.loads(ceviz("evaluate", examples()[name]).stdout)
    model = result["models"][0]
    assert (result["task"], len(model["losses"]), model["mean"]) == (task, count, mean)
    assert model["losses"].count("inf") == infinite


def test_evaluate_imports_no_qt():
    code = (
        "import sys; from ceviz.cli import main; status = main(['evaluate', sys.argv[1]]);"
        "qt = {'PySide6', 'shiboken6', 'pyqtgraph'} & set(sys.modules); sys.exit(status or bool(qt))"
    )
    done = subprocess.run([sys.executable, "-c", code, examples()["soft-labels.ceviz"]], capture_output=True)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("task", "total"), [("multiclass", 4.241), ("soft", 4.221), ("binary", 2.597), ("multilabel", 6.443)]
)
def test_a_task_is_chosen(path, task, total):
    result = json.loads(ceviz("evaluate", path, "--task", task).stdout)
    assert (result["task"], round(result["models"][0]["sum"], 3)) == (task, total)


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("json", '{"task"'),
        ("csv", "sample,name,loss"),
        ("markdown", "| sample"),
        ("latex", "\\documentclass"),
    ],
)
def test_formats_go_to_standard_output_or_a_file(path, tmp_path, name, begin):
    printed = ceviz("evaluate", path, "--format", name).stdout
    assert printed.startswith(begin)
    assert ceviz("evaluate", path, "--format", name, "-o", tmp_path / "out").stdout == ""
    assert (tmp_path / "out").read_text(encoding="utf-8") == printed


def test_a_document_on_standard_input(path):
    assert ceviz("evaluate", "-", input=path.read_text()).stdout == ceviz("evaluate", path).stdout


def test_a_table_on_standard_input(qapp, tmp_path):
    # -(ln 0.4 + ln 0.8) / 2 = (0.916291 + 0.223144) / 2
    table = "label,dog,cat\ndog,0.4,0.6\ncat,0.2,0.8\n"
    result = json.loads(ceviz("evaluate", "-", input=table).stdout)
    assert result["models"][0]["mean"] == pytest.approx(0.5697171415941825, rel=1e-14)
    assert result["models"][0]["name"] == "A"
    assert ceviz("evaluate", "-", "--format", "csv", input=table).stdout.startswith("sample,name,loss")
    picture = tmp_path / "a.png"
    assert ceviz("render", "-", "-o", picture, input=table).returncode == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_table_on_standard_input_takes_the_task_asked_for():
    table = "dog,cat,dog_p,cat_p\n1,0,0.9,0.1\n"
    done = ceviz("evaluate", "-", "--task", "multilabel", input=table)
    assert json.loads(done.stdout)["task"] == "multilabel"


def test_a_table_that_can_be_read_in_two_ways_is_read_in_the_likely_one_and_said_so():
    table = "dog,cat,dog_p,cat_p\n1,0,0.9,0.1\n"
    done = ceviz("evaluate", "-", input=table)
    assert json.loads(done.stdout)["task"] == "multiclass"
    assert done.stderr == (
        "ceviz: -: read as multi-class predictions: 1 sample, 2 classes, probabilities."
        " Open it in the window to read as multi-label\n"
    )
    assert ceviz("evaluate", "-", "--task", "multiclass", input=table).stderr == ""


def test_arrays_need_no_window_unless_they_leave_something_open(tmp_path):
    # -(ln 0.5 + ln 0.8 + ln 0.5) / 3
    rows, path = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]]), tmp_path / "a.npz"
    np.savez(path, y_true=[0, 1, 2], probs=rows)
    result = json.loads(ceviz("evaluate", path).stdout)
    assert result["models"][0]["mean"] == pytest.approx(0.536479304144700, rel=1e-14)
    np.savez(path, y_true=[1, 2, 1], probs=rows)
    asked = "The labels are 1 to 2 of 3 classes: counted from 0 or from 1?"
    assert failed("evaluate", path).startswith(f"ceviz: {path}: {asked}")


def test_a_bad_table_on_standard_input_is_one_line():
    assert failed("evaluate", "-", input="label,dog\n1,x\n").startswith("ceviz: -: line 2: column “dog”")


def test_output_is_utf_8_whatever_the_locale(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("label,b\u00e4r\n1,0.5\n", encoding="utf-8")
    done = process(
        "evaluate", path, "--format", "csv", text=False, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    )
    assert "term b\u00e4r" in done.stdout.decode()


def test_a_bad_document_is_one_line_with_the_place(tmp_path):
    path = tmp_path / "a.json"
    value = json.loads(examples()["dog-cat-panda.ceviz"].read_text())
    value["tasks"]["multiclass"]["models"][0]["predictions"][2].pop()
    path.write_text(json.dumps(value))
    expected = "tasks.multiclass.models[0].predictions[2]: expected 3 numbers, got 2"
    assert failed("evaluate", path) == f"ceviz: {path}: {expected}"
    assert failed("render", path, "-o", tmp_path / "a.png") == f"ceviz: {path}: {expected}"


def test_a_bad_table_is_one_line_with_the_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("label,dog\n1,0.5\n0,x\n")
    assert failed("evaluate", path) == f"ceviz: {path}: line 3: column “dog”: expected a number, got “x”"


def test_files_that_cannot_be_read_or_written(path, tmp_path):
    missing = tmp_path / "missing" / "a"
    assert failed("evaluate", missing) == f"ceviz: {missing}: No such file or directory"
    assert failed("evaluate", tmp_path) == f"ceviz: {tmp_path}: Is a directory"
    assert failed("evaluate", path, "-o", missing) == f"ceviz: {missing}: No such file or directory"


def test_a_line_break_in_a_file_name_stays_on_the_line(tmp_path):
    assert failed("evaluate", tmp_path / "a\nb").endswith("a b: No such file or directory")


def test_nobody_reads_the_output(path):
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as pipe:
        line = failed(
            "evaluate", path, run=process, capture_output=False, stdout=pipe, stderr=subprocess.PIPE
        )
    assert line == "ceviz: standard output: Broken pipe"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_no_space_for_the_output(path):
    with open("/dev/full", "wb") as full:
        line = failed(
            "evaluate", path, run=process, capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert line == "ceviz: standard output: No space left on device"


def test_a_table_is_not_another_task():
    path = examples()["digits-forest.csv"]
    assert (
        failed("evaluate", path, "--task", "soft")
        == f"ceviz: {path}: these are multiclass predictions, not soft"
    )


def test_a_table_that_leaves_the_task_open_takes_the_one_asked_for(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("dog,cat,dog_p,cat_p\n1,0,0.9,0.1\n")
    for task in ("multiclass", "multilabel"):
        assert json.loads(ceviz("evaluate", path, "--task", task).stdout)["task"] == task


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evaluate"], "FILE"),
        (["evaluate", "a", "--task", "regression"], "--task"),
        (["evaluate", "a", "--format", "xml"], "--format"),
        (["render", "a"], "-o"),
        (["render", "a", "-o", "a.pdf"], "the window is drawn as .png only"),
        (["render", "a", "-o", "a.png", "--figure", "plot"], "--figure"),
        (["render", "a", "-o", "a.png", "--dpi", "150"], "--dpi: the window is drawn in px"),
        (["render", "a", "-o", "a.gif", "--figure", "curve"], "written as .png, .svg or .pdf"),
        (["render", "a", "-o", "a.svg", "--figure", "curve", "--dpi", "150"], "--dpi: .svg has no pixels"),
        (
            ["render", "a", "-o", "a.png", "--figure", "lens", "--size", "29x90"],
            "from 30x20 to 1000x1000, in mm",
        ),
        (
            ["render", "a", "-o", "a.png", "--figure", "lens", "--dpi", "1201"],
            "from 30 to 1200 pixels per inch",
        ),
        (["render", "a", "-o", "a.png", "--size", "1023x680"], "expected WxH from 1024x680 to 7680x4320"),
        (["render", "a", "-o", "a.png", "--size", "big"], "big: expected WxH"),
        (["--frobnicate"], "--frobnicate"),
        (["a", "b"], "b"),
    ],
)
def test_a_wrong_command_line_is_status_2(arguments, words):
    done = ceviz(*arguments)
    assert done.returncode == 2
    assert words in done.stderr.splitlines()[-1]


def test_a_sample_out_of_range(path, tmp_path):
    line = failed("render", path, "-o", tmp_path / "a.png", "--sample", "6", run=process)
    assert line == f"ceviz: {path}: sample 6: the samples are numbered from 1 to 5"


def test_version_and_help():
    assert process("--version").stdout == "ceviz 0.1.0\n"
    assert "evaluate" in ceviz("--help").stdout


def test_a_file_called_like_a_command_is_opened_by_its_path(tmp_path):
    (tmp_path / "evaluate").write_text("{")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    line = failed("./evaluate", run=process, cwd=tmp_path, env=environment)
    assert line == "ceviz: ./evaluate: line 1: the text ends too early"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
@pytest.mark.parametrize(
    ("display", "words"),
    [({}, "there is no display"), ({"DISPLAY": ":4711"}, "the display :4711 does not answer")],
)
def test_without_a_display_one_sentence_says_so(display, words):
    unset = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    line = failed(run=process, env={**environment, **display})
    assert words in line or ("libxcb-cursor" in line and display)
    assert "ceviz" in line


def test_the_table_of_conventions(path):
    plain = json.loads(ceviz("evaluate", path).stdout)
    table = json.loads(ceviz("evaluate", path, "--convention", "all").stdout)
    rows = table.pop("conventions")
    assert table == plain
    assert [row["convention"] for row in rows][:2] == ["exact", "pytorch"]
    assert {row["sample"] for row in rows} == {None, *range(1, len(plain["samples"]) + 1)}
    keras = json.loads(ceviz("evaluate", path, "--convention", "keras", "--task", "multilabel").stdout)
    exact = json.loads(ceviz("evaluate", path, "--task", "multilabel").stdout)
    count = len(exact["models"][0]["terms"][0])
    assert keras["convention"] == "keras"
    assert keras["models"][0]["losses"] == pytest.approx(
        [loss / count for loss in exact["models"][0]["losses"]]
    )
    assert "choose from" in ceviz("evaluate", path, "--convention", "jax").stderr


@pytest.mark.parametrize(
    ("form", "start"), [("csv", "model,sample,"), ("markdown", "| of |"), ("latex", "\\doc")]
)
def test_the_table_of_conventions_for_reading(path, form, start):
    output = ceviz("evaluate", path, "--convention", "all", "--format", form).stdout
    assert output.startswith(start)
    assert "keras.losses.SparseCategoricalCrossentropy" in output.replace("\\", "")
