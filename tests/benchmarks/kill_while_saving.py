"""Kill the program again and again while it edits and saves, and see that no work is lost. Run by hand:

    python tests/benchmarks/kill_while_saving.py [RUNS] [SEED]

Each run starts the real program without a display, changes a number several times a second, saves now and
then, and is ended by SIGKILL at a random moment. Then the file has to be whole, the old one or the new one;
the next start has to offer what was not saved; and not more than five seconds of work may be gone.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_LOST = 5.0
"""Seconds of work."""
TASK_SIZES = ((5, 3), (400, 50), (2_000, 100))
"""Samples and classes: saving a large document takes long enough to be killed in."""
TICK = 150
"""Milliseconds between two edits."""


def main(runs: int, seed: int) -> int:
    chance = random.Random(seed)
    failures, worst, offered, torn = [], 0.0, 0, 0
    for run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            size, saves = TASK_SIZES[run % len(TASK_SIZES)], (0.0, 0.15, 0.6)[run // len(TASK_SIZES) % 3]
            report = one_run(Path(folder), size, saves, chance.uniform(0.3, 9.0))
        worst, offered, torn = max(worst, report["lost"]), offered + report["offered"], torn + report["left"]
        print(f"{run + 1:3} {size} saves {saves:.0%}: {report}", flush=True)
        failures += [f"run {run + 1}: {failure}" for failure in report["failures"]]
    print(f"{runs} kills: {len(failures)} failures, at most {worst:.2f} s of work lost, {offered} offers")
    print(f"{torn} unfinished files were left beside the document")
    print(*failures, sep="\n")
    return 1 if failures else 0


def one_run(folder: Path, size: tuple[int, int], saves: float, after: float) -> dict:
    """Edit and save in a program of its own, kill it, and look at what it left."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(folder / "data")}
    environment |= {"XDG_CONFIG_HOME": str(folder / "config")}
    file = folder / "ein Ordner ü" / "a b.ceviz"
    file.parent.mkdir()
    arguments = [sys.executable, __file__]
    work = subprocess.Popen(
        [*arguments, "--work", file, *map(str, size), str(saves)], env=environment, stdout=subprocess.PIPE
    )
    assert work.stdout is not None
    log = [work.stdout.readline()]
    assert log[0], "the program did not start"
    time.sleep(after)
    killed = time.monotonic()
    work.kill()
    log += work.stdout.read().splitlines()
    work.wait()
    events = [json.loads(line) for line in log if line.endswith((b"}", b"}\n"))]
    looked = subprocess.run(
        [*arguments, "--look", file], env=environment, capture_output=True, text=True, check=True
    )
    return judged(events, killed, json.loads(looked.stdout), file)


def judged(events: list[dict], killed: float, found: dict, file: Path) -> dict:
    edits = {event["edit"]: event["at"] for event in events if "edit" in event}
    begun = [event["saving"] for event in events if "saving" in event]
    done = [event["saved"] for event in events if "saved" in event]
    failures = []
    if "error" in found:
        failures.append(f"the file is damaged: {found['error']}")
    elif not max(done, default=0) <= found["file"] <= max(begun, default=0):
        failures.append(f"the file has edit {found['file']}, saved were {done[-1:]}, begun {begun[-1:]}")
    kept = max(found.get("file", 0), found["restored"])
    gone = [at for edit, at in edits.items() if edit > kept]
    lost = killed - min(gone) if gone else 0.0
    if lost > MOST_LOST:
        failures.append(f"{lost:.2f} s of work are lost")
    left = sum(1 for other in file.parent.iterdir() if other != file and other.suffix != ".lock")
    return {
        "edits": len(edits),
        "saves": len(done),
        "lost": round(lost, 2),
        "offered": int(found["offer"] != ""),
        "left": left,
        "failures": failures,
    }


# In the program that is killed, and in the one that starts after it


def start(file: Path):
    from ceviz.gui.application import create_application, create_window, keep_safe

    app = create_application(["ceviz"])
    window = create_window(file)
    keep_safe(window)
    window.show()
    return app, window


def work(file: Path, samples: int, classes: int, saves: float) -> None:
    """Edit for ever: the number of the edit is the first logit."""
    import numpy as np
    from PySide6.QtCore import QTimer

    from ceviz.core import edits
    from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, vectors
    from ceviz.files.document_file import default_document, save_document

    predictions = np.random.default_rng(1).normal(size=(samples, classes))
    predictions[0, 0] = 0
    state = TaskState(
        tuple(f"c{k}" for k in range(classes)),
        tuple(Sample(f"s{n}") for n in range(samples)),
        vectors(np.eye(classes)[np.arange(samples) % classes]),
        (Model("A", InputKind.LOGITS, vectors(predictions)),),
    )
    save_document(default_document().with_state(Task.MULTICLASS, state), file)
    app, window = start(file)
    chance = random.Random()
    count = 0

    def tell(what: str, edit: int) -> None:
        print(json.dumps({what: edit, "at": time.monotonic()}), flush=True)

    def tick() -> None:
        nonlocal count
        count += 1
        state = edits.set_prediction(window.session.state(Task.MULTICLASS), 0, 0, 0, float(count))
        window.session.edit(Task.MULTICLASS, state, "Set c0")
        tell("edit", count)
        if chance.random() < saves:
            tell("saving", count)
            assert window.files.save()
            tell("saved", count)

    timer = QTimer(interval=TICK)
    timer.timeout.connect(tick)
    timer.start()
    app.exec()


def look(file: Path) -> None:
    """What stands in the file, what the next start offers, and what it restores."""
    from PySide6.QtWidgets import QPushButton

    from ceviz.core.document import Task
    from ceviz.files.document_file import DocumentError, load_document

    found: dict[str, object] = {"offer": "", "restored": 0}
    try:
        found["file"] = int(load_document(file).tasks[Task.MULTICLASS].models[0].predictions[0, 0])
    except DocumentError as error:
        found["error"] = str(error)
    _, window = start(file)
    buttons = {button.text(): button for button in window.message_bar.findChildren(QPushButton)}
    if "Restore" in buttons:
        found["offer"] = window.message_bar.text
        buttons["Restore"].click()
        model = window.session.state(Task.MULTICLASS).models[0]
        found["restored"] = int(model.predictions[0, 0])
    print(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
    elif sys.argv[1:2] == ["--look"]:
        look(Path(sys.argv[2]))
    else:
        numbers = [int(number) for number in sys.argv[1:]]
        sys.exit(main(*numbers, *(50, 1)[len(numbers) :]))
