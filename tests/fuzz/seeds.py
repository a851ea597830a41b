#!/usr/bin/python3
"""Inputs to begin with, and the dictionary, for the fuzz targets: made of the scenarios and studies that
are shipped, of the examples of the language's page, and of the words of the language.
Usage: seeds.py TRUCE SOURCE_DIR FOLDER   (FOLDER/TARGET/..., FOLDER/words.dict)"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys

import yaml

LONGEST = 12_000  # bytes; larger ones are only slower


def write(folder, text):
    content = text if isinstance(text, bytes) else text.encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(content).hexdigest()[:16]).write_bytes(content)


def scalars(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(key)
            yield from scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from scalars(inner)
    elif value is not None:
        yield str(value)


def words_in(value):
    """Every word of `truce schema words --json`."""
    for text in scalars(value):
        if re.fullmatch(r"[A-Za-z_.]+", text):
            yield text


def keys_in(schema):
    """Every key of a JSON Schema's objects, and every word that a value may be."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (word for word in schema.get("enum", []) if isinstance(word, str))
        for inner in schema.values():
            yield from keys_in(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keys_in(inner)


def output_of(*command):
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def main():
    truce, source, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    texts = [p.read_text() for p in sorted((source / "scenarios").rglob("*.yaml"))]
    pages = [source / "scenarios" / name for name in ("README.md", "studies/README.md", "records.md")]
    for page in pages:
        texts += re.findall(r"```yaml\n(.*?)```", page.read_text(), re.DOTALL)
    for text in texts:
        if len(text) > LONGEST:
            continue
        if re.search(r"^record:", text, re.MULTILINE):
            write(folder / "record", text)
            continue
        is_study = re.search(r"^study:", text, re.MULTILINE)
        if is_study:
            text = re.sub(r"^scenario: .*$", "scenario: small.yaml", text, flags=re.MULTILINE)
        elif not text.startswith("truce:"):
            text = "truce: 2\nhorizon: 60\n" + text if not re.search(r"^truce:", text, re.MULTILINE) else text
        write(folder / ("study" if is_study else "scenario"), text)
        try:
            for scalar in set(scalars(yaml.safe_load(text))):
                if re.search(r"[-+*/()<>=]", scalar) and "\n" not in scalar and len(scalar) < 200:
                    write(folder / "expression", scalar)
        except yaml.YAMLError:
            pass
    for design in ("{kind: grid}", "{kind: latin_hypercube, points: 4}", "{kind: sobol, points: 4}",
                   "{kind: random, points: 4}", "{kind: saltelli, points: 4}", "{kind: morris, replicates: 3}",
                   "{kind: one_at_a_time}", "{kind: list, file: table.csv}"):
        vary = "{word: [0.5, 1], calm: [0.02]}" if "grid" in design or "one" in design else "{word: prior, calm: prior}"
        write(folder / "study", f"study: 1\nscenario: small.yaml\ntrials: 10\ndesign: {design}\nvary: {vary}\n")
    # What fits small.yaml of the target: facts of each kind, outcomes and a series.
    for fact in ("at: 10 days, that: collapsed == 0", "from: 0, to: 12, that: guests.freed <= 5",
                 "event: shot.occurred, between: [3, 9], number: 2, summary: once more",
                 "value: guests.freed, at: 8, is: 5, sd: 1", "draw: give.comply, is: 1, by: 8"):
        write(folder / "record", f"record: 1\nname: small\nknown:\n- {{{fact}}}\n"
              "outcomes: {home: 10, all_home: true, duration: {at_least: 3}}\n"
              "series: {guests.freed: {file: table.csv, day: word, value: calm}}\n")
    for text in ("a,b\n1,2\n", 'a,"b c"\r\n1,"2"\r\n', "\ufeffdays\n1\n2.5e3\n", 'x\n"a ""b"" c"\n', "a;b\n1;2\n", "a\n\n1\n"):
        write(folder / "csv", text)
    for original in range(5):
        for kind in range(8):
            write(folder / "results", bytes([original, kind, 0, 3 * kind, 0, 1, 2, kind, 1, 40, 0, 0, 0]))
    words = set(words_in(output_of(truce, "schema", "words", "--json")))
    for kind in ("scenario", "study", "record"):
        words.update(keys_in(output_of(truce, "schema", kind)))
    extra = [": ", "{", "}", "[", "]", "- ", "\\x0A  ", "&a ", "*a", "<<: ", "|\\x0A", "!!str ", "\\\"", "'", "1e308",
             "-1", "0", "${", "2024-01-19", " days", " per day", "~"]
    lines = [f'"{w}"' for w in sorted(words)] + [f'"{w}"' for w in extra]
    (folder / "words.dict").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
