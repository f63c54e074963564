"""A recording is there whole or not at all, for its owner alone, under a name nobody can guess."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.sound_store import NO_ROOM, SoundStore
from domain.errors import InputError, SetupError
from domain.sound import MediaType
from tests.fakes import sounds

MOST = 100_000
SOUND = sounds.wav(2)


@pytest.fixture
def store(tmp_path: Path) -> SoundStore:
    return SoundStore(tmp_path / "recordings")


def stored(store: SoundStore, content: bytes = SOUND) -> str:
    with store.draft(most=MOST) as draft:
        draft.write(content[:10])
        draft.write(content[10:])
        return store.keep(draft)


def files(store: SoundStore) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_came_in_is_there_byte_for_byte_and_private(store: SoundStore) -> None:
    key = stored(store)

    path = store.path(key)
    assert path is not None
    assert path.read_bytes() == SOUND
    assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in (store.folder, path.parent)} == {0o700}
    assert (len(key), files(store)) == (64, [path])


def test_a_draft_tells_what_it_holds(store: SoundStore) -> None:
    with store.draft(most=MOST) as draft:
        draft.write(SOUND)
        sound = draft.sound()
    assert (sound.media_type, sound.seconds, sound.size) == (MediaType.WAV, 2, len(SOUND))
    assert len(sound.sha256) == 64


def test_what_is_not_kept_leaves_nothing(store: SoundStore) -> None:
    with store.draft(most=MOST) as draft:
        draft.write(SOUND)
    assert files(store) == []


def test_more_than_the_limit_is_refused_and_leaves_nothing(store: SoundStore) -> None:
    with store.draft(most=1000) as draft:
        draft.write(b"x" * 1000)
        with pytest.raises(InputError) as refused:
            draft.write(b"x")
    assert (refused.value.code, files(store)) == ("too_large", [])


def test_what_is_no_sound_is_refused(store: SoundStore) -> None:
    with store.draft(most=MOST) as draft:
        draft.write(b"<html>")
        with pytest.raises(InputError) as refused:
            draft.sound()
    assert (refused.value.code, files(store)) == ("not_a_recording", [])


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SetupError, match=NO_ROOM):
        SoundStore(tmp_path / "file").draft(most=MOST)


def test_a_removed_file_is_gone_and_removing_it_again_is_harmless(store: SoundStore) -> None:
    key = stored(store)
    store.remove(key)
    store.remove(key)
    assert (store.path(key), files(store)) == (None, [])


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "ab", "A" * 64, f"{'a' * 62}/.", "a" * 65])
def test_a_key_that_is_not_ours_leads_nowhere(store: SoundStore, key: str) -> None:
    store.remove(key)
    assert store.path(key) is None


def test_only_what_is_old_enough_is_offered_for_sweeping(store: SoundStore) -> None:
    old, young = stored(store), stored(store)
    now = datetime.now(UTC)  # noqa: TID251 - files are dated by the machine's clock
    with store.draft(most=MOST) as draft:
        for path in (store.path(old), draft.path):
            assert path is not None
            os.utime(path, (0, 0))

        assert list(store.kept_before(now - timedelta(hours=1))) == [old]
        assert sorted(store.kept_before(now + timedelta(hours=1))) == sorted([old, young])
        assert (store.drop_drafts(now - timedelta(hours=1)), store.drop_drafts(now)) == (1, 0)
