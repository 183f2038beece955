"""Checks what describes the tables: CSV on the Web by `csvw`, and the catalogue by the shapes of DCAT-AP-NL 3.0.

Usage: check_descriptions.py ADDRESS SHAPES. SHAPES is the folder `shapes` of github.com/Geonovum/DCAT-AP-NL30. The service must name
its publisher (`[publisher]`), which the profile requires. Warnings of what the profile only recommends are counted and not refused.
"""

import json
import pathlib
import sys
import tempfile

import csvw
import pyshacl
import rdflib
import requests
from rdflib.compare import isomorphic

address, shapes = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2])
REQUIRED = (
    "dcat-ap-nl-SHACL",
    "dcat-ap-SHACL",
    "dcat-ap-nl-SHACL-klassebereik",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten",
)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def get(path):
    answer = requests.get(address + path)
    answer.raise_for_status()
    return answer


def check_table(folder, name, query):
    """The rows of a CSV are what its metadata says, read from files as they came."""
    metadata = get(f"/v1/feeds/{name}.csv-metadata.json{query}").json()
    metadata["url"] = f"{name}.csv"
    (folder / f"{name}.csv").write_bytes(get(f"/v1/feeds/{name}.csv{query}").content)
    described = folder / f"{name}.csv-metadata.json"
    described.write_text(json.dumps(metadata))
    read = csvw.CSVW(str(described), validate=True)
    if not read.is_valid or read.warnings:
        sys.exit(f"{name}{query}: {[str(warning.message) for warning in read.warnings]}")


tables = [table for table in get("/v1/feeds/").json()["tables"] if table["isPublic"]]
with tempfile.TemporaryDirectory() as folder:
    for table in tables:
        for query in ("", "?dialect=nl"):
            check_table(pathlib.Path(folder), table["name"], query)
print(f"{len(tables)} tables are what their metadata says, in both dialects")

catalogue = rdflib.Graph().parse(data=get("/catalog.ttl").text, format="turtle")
same = rdflib.Graph().parse(data=get("/catalog.jsonld").text, format="json-ld")
if not isomorphic(catalogue, same):
    sys.exit("Turtle and JSON-LD of the catalogue differ")
for name in REQUIRED:
    graph = rdflib.Graph().parse(shapes / f"{name}.ttl")
    # Two properties of DCAT-AP 3.0.1 name no path, so no program can check them.
    for shape, one in list(graph.subject_objects(SH.property)):
        if graph.value(one, SH.path) is None:
            graph.remove((shape, SH.property, one))
    conforms, _, report = pyshacl.validate(catalogue, shacl_graph=graph)
    if not conforms:
        sys.exit(f"{name}: {report}")
    print(f"{name}: conforms")
