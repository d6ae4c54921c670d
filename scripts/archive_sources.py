#!/usr/bin/env python3
"""Prints an apt source list for the source packages of a newer Debian suite.

It is derived from the entries this machine already uses: the same mirror, the same key, only the
type (deb-src) and the suite differ. Entries of other archives (security, updates, backports, third
parties) are left out. Both spellings are read: one-line `.list` files and deb822 `.sources` files.
Nothing on the machine is changed; the result goes to standard output as deb822 paragraphs.
"""

import argparse
import pathlib
import re
import sys

# Names under which a Debian 12 machine may have its main archive in its own lists.
CURRENT_SUITES = ("bookworm", "oldstable", "stable")
COMPONENT = "main"

# One-line options and the deb822 fields they stand for; the others have no say over source packages.
OPTION_FIELDS = {
    "signed-by": "Signed-By",
    "trusted": "Trusted",
    "check-valid-until": "Check-Valid-Until",
    "check-date": "Check-Date",
    "allow-insecure": "Allow-Insecure",
}
KEPT_FIELDS = set(OPTION_FIELDS.values())


def read_one_line(text):
    """Entries of a .list file as dictionaries of deb822 fields."""
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        match = re.match(r"(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)$", line)
        if not match:
            continue
        kind, options, uri, suite, components = match.groups()
        entry = {"Types": kind, "URIs": uri, "Suites": suite, "Components": components}
        for option in (options or "").split():
            name, _, value = option.partition("=")
            if name.lower() in OPTION_FIELDS:
                entry[OPTION_FIELDS[name.lower()]] = value
        yield entry


def read_deb822(text):
    """Paragraphs of a .sources file; a field's continuation lines (an inline key) stay as they are."""
    for paragraph in re.split(r"\n[ \t]*\n", text):
        entry, field = {}, None
        for line in paragraph.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0] in " \t" and field:
                entry[field] += "\n" + line
            elif ":" in line:
                name, value = line.split(":", 1)
                field = name.strip().title().replace("Uris", "URIs")
                entry[field] = value.strip()
        if entry.get("Enabled", "yes").lower() not in ("no", "false", "off", "0"):
            yield entry


def machine_entries(apt_folder):
    """All active entries of the machine, in apt's own order."""
    files = [apt_folder / "sources.list"]
    folder = apt_folder / "sources.list.d"
    if folder.is_dir():
        files += sorted(folder.iterdir())
    for file in files:
        if not file.is_file() or file.suffix not in (".list", ".sources"):
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        yield from read_deb822(text) if file.suffix == ".sources" else read_one_line(text)


def is_main_archive(entry):
    suites = {suite.rstrip("/") for suite in entry.get("Suites", "").split()}
    return bool(suites.intersection(CURRENT_SUITES)) and COMPONENT in entry.get("Components", "").split()


def derived(entry, suite, seen):
    """The deb822 paragraph for the newer suite, or None when the entry brings no mirror not in seen.

    A mirror named twice would have to be named with equal options, or apt would refuse the list.
    """
    uris = [uri for uri in entry.get("URIs", "").split() if not re.match(r"(cdrom|file|copy):", uri)]
    # Security updates live beside the main archive and have no source packages of whole suites.
    uris = [uri for uri in uris if "security" not in uri and uri.rstrip("/") not in seen]
    if not uris:
        return None
    seen.update(uri.rstrip("/") for uri in uris)
    lines = ["Types: deb-src", "URIs: " + " ".join(uris), f"Suites: {suite}", f"Components: {COMPONENT}"]
    lines += [f"{name}: {value}" for name, value in entry.items() if name in KEPT_FIELDS]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--apt-folder", type=pathlib.Path, default=pathlib.Path("/etc/apt"))
    parser.add_argument("--suite", required=True, help="the suite to take source packages from")
    arguments = parser.parse_args()

    paragraphs, seen = [], set()
    for entry in machine_entries(arguments.apt_folder):
        paragraph = derived(entry, arguments.suite, seen) if is_main_archive(entry) else None
        if paragraph:
            paragraphs.append(paragraph)
    if not paragraphs:
        print(
            f"no entry of the main Debian archive ({', '.join(CURRENT_SUITES)}; component {COMPONENT}) "
            f"in {arguments.apt_folder}",
            file=sys.stderr,
        )
        return 1
    print("\n\n".join(paragraphs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
