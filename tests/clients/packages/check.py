"""The files with which the service is installed, each by the tool that reads it: the systemd unit, the Kubernetes manifests,
haproxy's settings, docker-compose.yml and publiccode.yml. Nothing is started. Needs systemd-analyze, haproxy and kubectl; a tool
that is not there is named and left out."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import kubernetes_validate
import yaml

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(tempfile.mkdtemp(prefix="stm-packages."))
HELP = subprocess.run([sys.argv[1], "--help"], capture_output=True, text=True, check=True).stdout
SETTINGS = set(re.findall(r"\b(?:STM|DATABASE|OTEL)_[A-Z_]+", HELP)) | {"STM_CONFIG"}


def tool(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if not found:
        print(f"{name} is not here: left out")
    return found


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def known(names, where):
    strangers = {name for name in names if re.match("(STM|DATABASE|OTEL)_", name)} - SETTINGS
    assert not strangers, (where, strangers)


def unit():
    text = (ROOT / "docker/systemd/stm.service").read_text()
    known(re.findall(r"\b([A-Z_]+)=", " ".join(re.findall(r"^Environment=(.*)$", text, re.M))), "stm.service")
    assert "Type=notify" in text and "RestartPreventExitStatus=2" in text
    assert "StartLimitIntervalSec=0" in text, "a Postgres that is away for long would leave it stopped"
    guide = (ROOT / "api/docs/en/operator.md").read_text()
    for secret in re.findall(r"^LoadCredential=[^:]+:(.*)$", text, re.M):
        assert secret in guide, f"the guide makes no {secret}"
    if analyze := tool("systemd-analyze"):
        file = FOLDER / "stm.service"
        file.write_text(text.replace("/usr/local/bin/stm", sys.argv[1]))
        run(analyze, "verify", str(file))
        # The scale is 0 (nothing is open) to 100.
        run(analyze, "security", "--offline=true", "--threshold=20", "--no-pager", str(file))
    print("systemd: valid and hardened")


def manifests():
    folder = ROOT / "docker/kubernetes"
    texts = [file.read_text() for file in sorted(folder.glob("*.yaml")) if file.name != "kustomization.yaml"]
    if kubectl := tool("kubectl"):
        texts.append(run(kubectl, "kustomize", str(folder)))
    kinds = []
    for manifest in (one for text in texts for one in yaml.safe_load_all(text)):
        kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)
        kinds.append(manifest["kind"])
        pod = manifest.get("spec", {}).get("template", {}).get("spec", {})
        for container in pod.get("containers", []) + pod.get("initContainers", []):
            known([one["name"] for one in container.get("env", [])], manifest["metadata"]["name"])
            assert container["securityContext"]["readOnlyRootFilesystem"] and "latest" not in container["image"]
        if manifest["kind"] == "ConfigMap":
            known(re.findall(r"^(STM_\w+|DATABASE_\w+) =", manifest["data"]["stm.toml"], re.M), "stm.toml")
    assert {"Deployment", "Job", "Service", "PodDisruptionBudget", "NetworkPolicy"} <= set(kinds), kinds
    print(f"Kubernetes: {len(kinds)} manifests valid")


def balancer():
    if haproxy := tool("haproxy"):
        # Its names are known in a network of containers only.
        text = (ROOT / "docker/haproxy/haproxy.cfg").read_text()
        file = FOLDER / "haproxy.cfg"
        file.write_text(re.sub(r"api(-2)?:8080", "127.0.0.1:8080", text))
        run(haproxy, "-c", "-f", str(file))
        print("haproxy: valid")


def compose():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for name, service in services.items():
        if name not in ("db",):
            known(service.get("environment", {}), name)
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert not source.startswith("./") or (ROOT / source).exists(), (name, source)
        for other in service.get("depends_on", {}):
            assert other in services, (name, other)
        shared = service.get("network_mode", "").removeprefix("service:")
        assert not shared or shared in services, (name, shared)
        image = service.get("image", "")
        assert not image.endswith(":latest") and (":" in image or "build" in service), (name, image)
    print(f"compose: {len(services)} services name files and services that are there")


def image():
    """What needs an engine of containers is not tried; its program is built as that of .ci/supply-chain."""
    dockerfile, supply = (ROOT / "Dockerfile").read_text(), (ROOT / ".ci/supply-chain").read_text()
    built = re.compile(r"cargo auditable build --profile dist --locked --package api --bin stm")
    assert built.search(dockerfile) and built.search(supply), "another build"
    version = re.compile(r"CARGO_AUDITABLE=(\S+)")
    assert version.search(dockerfile)[1] == version.search(supply)[1], "another cargo auditable"
    print("Dockerfile: built as .ci/supply-chain builds")


def publiccode():
    """The rules of the standard (version 0.4) that bear on what we give."""
    given = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    wanted = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType", "description", "legal",
              "maintenance", "localisation"}
    assert wanted <= set(given), wanted - set(given)
    assert set(given) <= wanted | {"softwareVersion", "intendedAudience", "dependsOn"}, set(given)
    version = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.M)[1]
    assert given["softwareVersion"] == version, "publiccode.yml names another version"
    assert f"newTag: {version}\n" in (ROOT / "docker/kubernetes/kustomization.yaml").read_text(), "Kubernetes takes another version"
    assert given["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert given["softwareType"] == "standalone/backend" and given["url"].startswith("https://")
    assert all(code.isupper() for code in given["intendedAudience"]["countries"]), "country codes of two capitals"
    for language, text in given["description"].items():
        assert len(text["shortDescription"]) <= 150 and "\n" not in text["shortDescription"], language
        assert 150 <= len(text["longDescription"]) <= 10_000 and text["features"], language
    maintenance = given["maintenance"]
    assert {"none": True, "internal": "contacts" in maintenance, "community": "contacts" in maintenance,
            "contract": "contractors" in maintenance}[maintenance["type"]]
    assert set(given["description"]) == set(given["localisation"]["availableLanguages"]) and given["legal"]["license"] == "EUPL-1.2"
    print("publiccode.yml: by the standard")


try:
    unit()
    manifests()
    balancer()
    compose()
    image()
    publiccode()
finally:
    shutil.rmtree(FOLDER)
