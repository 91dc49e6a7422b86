"""Deployment files say what they mean: checked against the schemas that a kept tool brings with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from gongbao.search_api.settings import ServerSettings

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("schema", "file"),
    [("github-workflows", ".github/workflows/test.yml"), ("compose-spec", "compose.yaml")],
)
def test_it_follows_its_schema(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


def test_compose_sets_only_what_there_is() -> None:
    """A variable that nothing reads would be believed to work."""
    known = {f"GONGBAO_{name.upper()}" for name in ServerSettings.model_fields}
    known |= {"GONGBAO_DATABASE_URL", "GONGBAO_ELASTICSEARCH_URL", "GONGBAO_FILES_URL", "GONGBAO_ENGINE"}
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    named = {name for service in services.values() for name in service.get("environment", {})}
    assert {name for name in named if name.startswith("GONGBAO_")} <= known


def test_the_kubernetes_example_is_yaml_of_known_kinds() -> None:
    found = list(yaml.safe_load_all((ROOT / "deploy/kubernetes/gongbao.yaml").read_text("utf-8")))
    kinds = {each["kind"] for each in found}
    assert kinds == {"PersistentVolumeClaim", "Deployment", "Service", "NetworkPolicy"}
    assert all(each["metadata"]["name"].startswith("gongbao") for each in found)
