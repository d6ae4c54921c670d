"""The Kubernetes manifests, compared with a list of the fields they may use.

There is no Kubernetes API server here, nor its schema. FIELDS lists, for each object, the fields that we use
with their types: a misspelt, misplaced or ill-typed one fails. References between the manifests and to the
server are checked too.
"""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.server.conftest import BINARY, ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed: run scripts/setup python")

FOLDER = ROOT / "docker" / "kubernetes"
NAME = "app.kubernetes.io/name"
QUANTITY = re.compile(r"\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi)?")

TEXTS = {str: str}  # any names
SELECTOR = {"matchLabels": TEXTS}
METADATA = {"name": str, "labels": TEXTS, "annotations": TEXTS}
PROBE = {
    "httpGet": {"path": str, "port": (str, int)},
    "tcpSocket": {"port": (str, int)},
    "periodSeconds": int,
    "failureThreshold": int,
    "timeoutSeconds": int,
}
CONTAINER = {
    "name": str,
    "image": str,
    "args": [str],
    "ports": [{"name": str, "containerPort": int}],
    "startupProbe": PROBE,
    "readinessProbe": PROBE,
    "livenessProbe": PROBE,
    "lifecycle": {"preStop": {"sleep": {"seconds": int}}},
    "resources": {"requests": TEXTS, "limits": TEXTS},
    "securityContext": {
        "allowPrivilegeEscalation": bool,
        "readOnlyRootFilesystem": bool,
        "capabilities": {"drop": [str]},
    },
}
POD = {
    "automountServiceAccountToken": bool,
    "enableServiceLinks": bool,
    "terminationGracePeriodSeconds": int,
    "securityContext": {
        "runAsNonRoot": bool,
        "runAsUser": int,
        "runAsGroup": int,
        "seccompProfile": {"type": str},
    },
    "topologySpreadConstraints": [
        {"maxSkew": int, "topologyKey": str, "whenUnsatisfiable": str, "labelSelector": SELECTOR}
    ],
    "containers": [CONTAINER],
}
FIELDS = {
    ("apps/v1", "Deployment"): {
        "replicas": int,
        "selector": SELECTOR,
        "strategy": {"type": str, "rollingUpdate": {"maxSurge": int, "maxUnavailable": int}},
        "template": {"metadata": {"labels": TEXTS, "annotations": TEXTS}, "spec": POD},
    },
    ("v1", "Service"): {
        "type": str,
        "selector": TEXTS,
        "sessionAffinity": str,
        "sessionAffinityConfig": {"clientIP": {"timeoutSeconds": int}},
        "ports": [{"name": str, "port": int, "targetPort": (str, int), "appProtocol": str}],
    },
    ("policy/v1", "PodDisruptionBudget"): {"maxUnavailable": int, "selector": SELECTOR},
    ("autoscaling/v2", "HorizontalPodAutoscaler"): {
        "scaleTargetRef": {"apiVersion": str, "kind": str, "name": str},
        "minReplicas": int,
        "maxReplicas": int,
        "metrics": [
            {
                "type": str,
                "resource": {"name": str, "target": {"type": str, "averageUtilization": int}},
            }
        ],
        "behavior": {
            "scaleDown": {
                "stabilizationWindowSeconds": int,
                "policies": [{"type": str, "value": int, "periodSeconds": int}],
            }
        },
    },
}


def mistakes(value: object, wanted: object, where: str) -> list[str]:
    if isinstance(wanted, list):
        if not isinstance(value, list) or not value:
            return [f"{where} must be a list with something in it"]
        return [m for i, v in enumerate(value) for m in mistakes(v, wanted[0], f"{where}[{i}]")]
    if not isinstance(wanted, dict):
        # True is an int to Python, but not to Kubernetes.
        right = isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool)
        return [] if right else [f"{where} must be {wanted}, not {value!r}"]
    if not isinstance(value, dict):
        return [f"{where} must be an object"]
    found = []
    for key, member in value.items():
        kind = wanted.get(key, wanted.get(str))
        if kind is None:
            found.append(f"{where} has no field {key}")
        else:
            found += mistakes(member, kind, f"{where}.{key}")
    return found


def manifest_mistakes(document: dict) -> list[str]:
    kind = (document.get("apiVersion"), document.get("kind"))
    if kind not in FIELDS:
        return [f"{kind} is no kind that is known here"]
    whole = {"apiVersion": str, "kind": str, "metadata": METADATA, "spec": FIELDS[kind]}
    found = mistakes(document, whole, str(kind[1]))
    return found + [f"{kind[1]} lacks {key}" for key in ("metadata", "spec") if key not in document]


@pytest.fixture(scope="module")
def objects() -> dict[str, dict]:
    documents = [d for path in FOLDER.glob("*.yaml") for d in yaml.safe_load_all(path.read_text())]
    return {document["kind"]: document for document in documents}


def test_every_field_exists(objects):
    assert set(objects) == {kind for _, kind in FIELDS}
    for document in objects.values():
        assert manifest_mistakes(document) == []


@pytest.mark.parametrize(
    "path, value, mistake_text",
    [
        (["spec", "replica"], 3, "no field replica"),
        (["spec", "replicas"], "3", "must be"),
        (["spec", "replicas"], True, "must be"),
        (["spec", "template", "spec", "securityContext", "readOnlyRootFilesystem"], True, "no field"),
        (["spec", "template", "spec", "containers"], [], "must be a list"),
        (["kind"], "Deploiment", "no kind"),
    ],
)
def test_a_mistake_is_found(path, value, mistake_text):
    document = yaml.safe_load((FOLDER / "deployment.yaml").read_text())
    target = document
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    assert any(mistake_text in mistake for mistake in manifest_mistakes(document))


def test_all_manifests_select_the_same_pods(objects):
    deployment, service = objects["Deployment"], objects["Service"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    for selector in (
        deployment["spec"]["selector"]["matchLabels"],
        service["spec"]["selector"],
        objects["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
    ):
        assert selector and selector.items() <= labels.items()
    target = objects["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert target == {"apiVersion": "apps/v1", "kind": "Deployment", "name": deployment["metadata"]["name"]}
    assert objects["PodDisruptionBudget"]["spec"]["maxUnavailable"] < deployment["spec"]["replicas"]


def test_the_pod_is_locked_down(objects):
    pod = objects["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] >= 10000
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    for amounts in container["resources"].values():
        assert all(QUANTITY.fullmatch(amount) for amount in amounts.values())


def test_ports_probes_and_options_are_the_servers(objects):
    pod = objects["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    (port,) = container["ports"]
    args = container["args"]
    option = dict(zip(args[1::2], args[2::2], strict=True))
    assert args[0] == "serve" and option["--host"] == "0.0.0.0"
    assert int(option["--port"]) == port["containerPort"]
    (service_port,) = objects["Service"]["spec"]["ports"]
    assert service_port["targetPort"] == port["name"]
    for probe in ("startupProbe", "readinessProbe"):
        assert container[probe]["httpGet"] == {"path": "/health", "port": port["name"]}
    pause = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pause + float(option["--drain"]) < pod["terminationGracePeriodSeconds"]
    text = subprocess.run([BINARY, "serve", "--help"], capture_output=True, text=True).stdout
    assert all(name in text for name in option)
