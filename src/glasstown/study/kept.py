"""A study of several policies in the same towns that ends in one document: the gap, and backcasts."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from glasstown.study import compare, store
from glasstown.study.compare import Comparison, Row

Made = Callable[[Comparison, Sequence[Sequence[Row]]], Row]  # the document, from the summaries of each policy's pairs


def conduct(
    name: str,
    made: Made,
    asked: Comparison,
    workers: int | None,
    threads: int,
    out: Path,
    progress: Callable[[float, int], None] | None = None,
    say: Callable[[str], None] | None = None,
) -> Row:
    """Live what is asked and publish what was found (or find it, if it was asked before), as one document."""
    import os
    import shutil

    tell, identity, file = say or (lambda line: None), asked.identity(), f"{name}.json"
    folder, unfinished = store.run_folder(out, name, identity), store.partial_folder(out, f"{name}-{identity}")
    if not (folder / file).exists():
        workers = min(workers or os.cpu_count() or 1, asked.base.pairs)
        compare.prepare(asked, workers, threads, tell)
        document = made(asked, compare.lived(asked, unfinished, workers, threads, progress or (lambda done, total: None)))

        def fill(beside: Path) -> None:
            (beside / file).write_text(json.dumps(document))
            manifest = {"schema_version": 1, **compare.contents(asked), "versions": store.versions(), "files": store.checksums(beside)}
            (beside / "manifest.json").write_text(json.dumps(manifest, indent=1))

        store.publish(folder, fill)
        shutil.rmtree(unfinished, ignore_errors=True)
    else:
        tell(f"asked before: reading {folder}")
    read: Row = json.loads((folder / file).read_text())
    return read
