"""Rasa's training data importer for this project's layout, so that plain `rasa train` works from the root.

Rasa expects `data/`; here training data lies in `nlu_data/`, and `nlu_data/test` must never be trained on.
"""

from __future__ import annotations

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter

_ROOT = Path(__file__).resolve().parent.parent.parent
_FOLDERS = ("train", "rules", "stories")


class ProjectImporter(RasaFileImporter):
    """Reads `domain.yml` and `nlu_data/{train,rules,stories}`, whatever paths Rasa is called with."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        folders = [str(_ROOT / "nlu_data" / folder) for folder in _FOLDERS]
        super().__init__(config_file or str(_ROOT / "config.yml"), str(_ROOT / "domain.yml"), folders)
