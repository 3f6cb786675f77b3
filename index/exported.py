"""The exported encoder on disk: what encodes questions, and small edits, without torch."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from index.encoder import Encoder, EncoderSettings
from index.errors import IndexBroken
from index.generation import IndexFolder, sync_folder
from index.hashing import sha256_of

SETTINGS = "encoder.json"
MODEL = "model.onnx"
WEIGHTS = "model.onnx.data"
"""The weights lie beside the graph, so that they are mapped into memory and not copied."""
TOKENIZER = "tokenizer.json"
_REBUILD = "Run `mbc-chat index build --full`."


@dataclass(frozen=True, slots=True)
class ExportedEncoder:
    """What ``encoder.json`` says: the encoder's settings, and the hashes of the files beside it."""

    settings: EncoderSettings
    files: dict[str, str]
    """Sha256 by name; empty where the model has no exported form."""

    @property
    def has_model(self) -> bool:
        """Whether questions can be encoded without the model itself."""
        return MODEL in self.files


def export_encoder(folder: IndexFolder, encoder: Encoder) -> None:
    """Write what encodes questions under ``encoders/``, unless it is there and whole already.

    Raises OSError if it cannot be written.
    """
    target = folder.encoder(encoder.settings.fingerprint)
    try:
        check_exported(target)
    except IndexBroken:
        pass
    else:
        return
    pending = target.with_name(target.name + ".partial")
    shutil.rmtree(pending, ignore_errors=True)
    pending.mkdir(parents=True)
    encoder.export(pending)
    files = {path.name: sha256_of(path) for path in sorted(pending.iterdir())}
    described = {"settings": asdict(encoder.settings), "files": files}
    (pending / SETTINGS).write_text(json.dumps(described, indent=1, sort_keys=True) + "\n", "utf-8")
    for path in pending.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    shutil.rmtree(target, ignore_errors=True)
    pending.rename(target)
    sync_folder(target.parent)


def read_exported(path: Path) -> ExportedEncoder:
    """Read ``encoder.json`` in the folder ``path``. Raises IndexBroken if it is missing or not valid."""
    try:
        values = json.loads((path / SETTINGS).read_text("utf-8"))
        found = ExportedEncoder(EncoderSettings(**values["settings"]), dict(values["files"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexBroken(
            "the exported encoder's settings cannot be read", where=path / SETTINGS, mend=_REBUILD
        ) from error
    if found.settings.fingerprint != path.name:
        raise IndexBroken("the exported encoder is not the one it is named after", where=path, mend=_REBUILD)
    return found


def check_exported(path: Path) -> ExportedEncoder:
    """Read ``encoder.json`` and hash the files beside it. Raises IndexBroken if one differs."""
    found = read_exported(path)
    for name, sha256 in found.files.items():
        try:
            same = sha256_of(path / name) == sha256
        except OSError as error:
            raise IndexBroken("a file of the encoder is missing", where=path / name, mend=_REBUILD) from error
        if not same:
            raise IndexBroken("a file of the encoder was changed", where=path / name, mend=_REBUILD)
    return found
