"""Fixtures for all tests."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest
from hypothesis import settings

# a slow machine is no wrong answer; under CI Hypothesis has a profile of its own
settings.register_profile("patient", deadline=None)
if "CI" not in os.environ:
    settings.load_profile("patient")

REPO_ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with real data: YUYAN_SHARED, else ``shared`` beside the repository.

    Without it the tests that need it are skipped with the reason; under CI they fail.
    """
    folder = Path(os.environ.get("YUYAN_SHARED") or REPO_ROOT.parent / "shared")
    if not folder.is_dir():
        reason = f"real data not found at {folder} (set YUYAN_SHARED)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """A fresh copy of the tiny valid scenario of tests/broken/tiny.py, free to be changed."""
    place = Path(__file__).parent / "broken" / "tiny.py"
    spec = importlib.util.spec_from_file_location("tiny", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder: Path = module.build_tiny(tmp_path / "tiny")
    return folder
