"""Files are whole or absent, damage is noticed, and a run folder appears at once or not at all."""

import os

import pytest

from glasstown.study import store


def test_a_kept_pair_comes_back(tmp_path):
    summary = {"pair": 3, "digest": "ab", "fate": [1.5, 0.0]}
    store.keep_pair(tmp_path / "kept", 3, summary)
    assert store.kept_pair(tmp_path / "kept", 3) == summary
    assert store.kept_pair(tmp_path / "kept", 4) is None
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["pair-00003.json"]


@pytest.mark.parametrize("place", [0, 40, 80, -3])
def test_damage_is_noticed(tmp_path, place):
    store.keep_pair(tmp_path, 0, {"pair": 0, "digest": "0123456789"})
    path = tmp_path / "pair-00000.json"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert store.kept_pair(tmp_path, 0) is None


@pytest.mark.parametrize("length", [0, 10, 64, 90])
def test_a_cut_file_is_noticed(tmp_path, length):
    store.keep_pair(tmp_path, 0, {"pair": 0, "digest": "0123456789"})
    path = tmp_path / "pair-00000.json"
    path.write_bytes(path.read_bytes()[:length])
    assert store.kept_pair(tmp_path, 0) is None


def test_a_failed_write_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "file"
    store.write_atomically(path, b"old")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_folder_appears_whole_or_not_at_all(tmp_path):
    def fail(folder):
        (folder / "report.json").write_text("{}")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.publish(tmp_path / "run", fail)
    assert not (tmp_path / "run").exists()

    def fill(folder):
        (folder / "manifest.json").write_text("{}")

    assert store.publish(tmp_path / "run", fill) == tmp_path / "run"
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["manifest.json"]


def test_what_is_published_is_never_changed(tmp_path):
    store.publish(tmp_path / "run", lambda folder: (folder / "manifest.json").write_text("1") and None)
    store.publish(tmp_path / "run", lambda folder: (folder / "manifest.json").write_text("2") and None)
    assert (tmp_path / "run" / "manifest.json").read_text() == "1"


def test_versions_name_no_user_host_or_path():
    found = store.versions()
    assert found["python"].count(".") == 2
    assert not any(os.sep in value or value == os.uname().nodename for value in found.values())


def test_checksums(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    assert store.checksums(tmp_path) == {"a": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
