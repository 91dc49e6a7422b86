"""Models beside the rules: kept only where they do better on documents they have not seen."""

from gongbao.nlp.learning.candidates import Candidate, find_candidates
from gongbao.nlp.learning.models import BadModel, Models, load_models, model_files, write_models

__all__ = ["BadModel", "Candidate", "Models", "find_candidates", "load_models", "model_files", "write_models"]
