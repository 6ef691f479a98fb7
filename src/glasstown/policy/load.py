"""Finding, reading and checking policy files."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from glasstown import files
from glasstown.policy.check import check
from glasstown.policy.schema import PolicyFile

if TYPE_CHECKING:
    from glasstown.catalogue import Deeds, Law

FOLDER = Path(__file__).parent.parent / "policies"
LABEL = "policy file"


def load(path_or_name: str | Path, deeds: "Deeds | None" = None, law: "Law | None" = None) -> PolicyFile:
    """Read and check a policy: the name of a shipped one, or the path of a file.

    ``deeds`` and ``law`` are the catalogues whose names it may use; left out, the package's own. Raises files.FileProblems
    with all errors at once.
    """
    document = files.open_document(find(path_or_name), LABEL)
    return _checked(document, deeds, law)


def parse(text: str, name: str = "policy.toml", deeds: "Deeds | None" = None, law: "Law | None" = None) -> PolicyFile:
    """The same for a policy given as text; ``name`` stands for the path in messages."""
    return _checked(files.parse(text.encode("utf-8", "surrogatepass"), name, LABEL), deeds, law)


def presets() -> dict[str, str]:
    """The shipped policies: name -> one-line title; the one that does nothing comes first."""
    import tomllib

    paths = sorted(FOLDER.glob("*.toml"), key=lambda path: (path.stem != "none", path.stem))
    return {path.stem: str(tomllib.loads(path.read_text(encoding="utf-8"))["title"]) for path in paths}


def described(policy: PolicyFile) -> dict[str, object]:
    """What a list of policies says of one: id, title, place, years, fidelity, mechanics and sources."""
    from glasstown.policy import known, mechanics

    return {
        "id": policy.name, "title": policy.title, "place": policy.context.place, "years": policy.context.years,
        "fidelity": policy.fidelity, "mechanics": mechanics.of(policy), "sources": sorted(known.cited(policy)),
    }  # fmt: skip


def find(path_or_name: str | Path) -> Path:
    """The file of a shipped policy, or the path itself. Raises files.FileProblems if there is neither."""
    shipped = FOLDER / f"{path_or_name}.toml"
    if str(path_or_name) == shipped.stem and shipped.is_file():
        return shipped
    path = Path(path_or_name)
    if not path.exists():
        names = [file.stem for file in sorted(FOLDER.glob("*.toml"))]
        message = "there is no such file, and no shipped policy of this name"
        raise files.FileProblems([files.Problem(str(path), 1, 1, 1, "", message, files.suggestion(path.stem, names), "")], LABEL)
    return path


def digest(policy: PolicyFile) -> str:
    """SHA-256 of the content, whatever its order of keys, remarks and spacing; 64 hexadecimal digits."""
    content = policy.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _checked(document: files.Document, deeds: "Deeds | None", law: "Law | None") -> PolicyFile:
    from glasstown import catalogue, sources

    deeds = deeds or catalogue.load_deeds()
    law = law or catalogue.load_law()
    policy = document.validate(PolicyFile)
    contexts = {kind.name: str(kind.context) for kind in deeds.kinds()}
    check(document, contexts, {sensor.name: sensor for sensor in law.sensor}, list(sources.load()))
    document.finish()
    assert policy is not None  # finish raised otherwise
    return policy
