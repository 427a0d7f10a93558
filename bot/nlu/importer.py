"""Rasa's training data importer for this project's layout, so that plain `rasa train` works from the root.

Rasa expects `data/`; here training data lies in `nlu_data/`, and `nlu_data/test` must never be trained on.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

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

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """See parent class. Rasa asks three times in one training, each time through an importer of its own."""
        return _nlu_data(tuple((path, Path(path).stat().st_mtime_ns) for path in self._nlu_files), language)


@lru_cache(maxsize=1)
def _nlu_data(files: tuple[tuple[str, int], ...], language: str | None) -> TrainingData:
    return utils.training_data_from_paths([path for path, _ in files], language)
