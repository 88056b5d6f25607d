"""Build the documentation as a web site in build/site: python scripts/build_site.py

Collects the pages in build/pages: those of docs/, a few others of the repository, and those made from the code (the
commands, a page a rule, the fields of the JSON). Zensical makes the site of them (mkdocs.yml) and fails on a link to a
page or a heading that is not there; then every link of the finished site is followed, and nothing may be loaded from
another host. Needs the extra docs.

ATTRIB_DOCS_URL names the address at which a newsroom serves its own copy.
"""

from __future__ import annotations

import inspect
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import click

from attribution.cli.main import attrib
from attribution.linting import RULES
from attribution.linting.pages import DOCUMENTATION_ENVIRONMENT, documentation_address, project_url
from attribution.reporting.contract import field_table
from attribution.reporting.findings.rules import rule_list_markdown, rule_page_markdown

CHECKOUT = Path(__file__).parent.parent
PAGES = CHECKOUT / "build" / "pages"
SITE = CHECKOUT / "build" / "site"
SCHEMAS = CHECKOUT / "attribution" / "reporting" / "schema"

ELSEWHERE = {
    "EVALUATION.md": "evaluation.md",
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "lexicons/README.md": "words.md",
    "seeds/README.md": "annotation.md",
    "attribution/parsing/model/MODEL_CARD.md": "model.md",
}
"""Files outside docs/ that are pages of the site."""

RULES_FILE = "docs/RULES.md"
"""All rules on one page, for readers of the repository; the site has a page for each instead."""

LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\]]+)\]\((?P<target>(?![a-z]+:|#)[^)\s]+)\)")
RULE_HEADING = re.compile(r"([a-z]+\d{3})-")
NAMED_FILE = re.compile(r"\bdocs/\w+\.md")
MARKS = re.compile(r"[\\`*_<>\[\]{}#|]")
"""What Markdown takes for more than text."""
VERBATIM = "\b\n"
"""How a paragraph of a command's help begins whose lines click leaves as they are."""
COMMANDS_PAGE = "reference/commands.md"


def files() -> list[str]:
    """The files of the repository that are pages of the site."""
    return [path.relative_to(CHECKOUT).as_posix() for path in sorted((CHECKOUT / "docs").rglob("*.md"))] + [*ELSEWHERE]


def page_of(file: str) -> str | None:
    """The page that a file of the repository becomes; None if it is none."""
    if file == RULES_FILE:
        return "rules/index.md"
    if file in ELSEWHERE:
        return ELSEWHERE[file]
    path = PurePosixPath(file)
    return path.relative_to("docs").as_posix().lower() if path.parts[0] == "docs" and path.suffix == ".md" else None


def relinked(text: str, file: str, page: str) -> str:
    """The text of a file with its links to other files as links between pages.

    A link to a file that is no page leads into the repository or, if that has no address, is plain words; pictures are
    those of docs/. Raises ValueError for a link to a file that does not exist.
    """

    def link(found: re.Match[str]) -> str:
        name, _, heading = found["target"].partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
        if not (CHECKOUT / target).exists():
            raise ValueError(f"{file}: links to {name}, which does not exist")
        if found["picture"]:
            shown = posixpath.relpath(
                PurePosixPath(target).relative_to("docs").as_posix(), posixpath.dirname(page) or "."
            )
            return f"![{found['words']}]({shown})"
        linked = page_of(target)
        if linked is None:
            repository = project_url("Repository")
            return f"[{found['words']}]({repository}/blob/HEAD/{target})" if repository else found["words"]
        rule = RULE_HEADING.match(heading) if target == RULES_FILE else None
        if rule is not None:
            linked, heading = f"rules/{rule[1].upper()}.md", ""
        address = posixpath.relpath(linked, posixpath.dirname(page) or ".")
        return f"[{found['words']}]({address}{'#' if heading else ''}{heading})"

    return LINK.sub(link, text)


def commands_page() -> str:
    """All commands with their options, as their help tells of them."""
    parts = ["# Commands", *_command_parts(_context(attrib, "attrib"))]
    return "\n\n".join(parts) + "\n"


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    return click.Context(command, parent, info_name=name, **command.context_settings)


def _command_parts(context: click.Context) -> Iterator[str]:
    command = context.command
    yield f"## {context.command_path}"
    yield f"    {' '.join([context.command_path, *command.collect_usage_pieces(context)])}"
    yield from _help_parts(command.help or "")
    for parameter in command.get_params(context):
        described = parameter.get_help_record(context)
        if described is not None:
            yield f"`{described[0]}`\n:   {_help_text(described[1])}"
    yield from _help_parts(command.epilog or "")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            subcommand = command.get_command(context, name)
            assert subcommand is not None
            yield from _command_parts(_context(subcommand, name, context))


def _help_parts(text: str) -> Iterator[str]:
    for paragraph in filter(None, inspect.cleandoc(text).split("\n\n")):
        if paragraph.startswith(VERBATIM):
            yield f"```\n{paragraph.removeprefix(VERBATIM)}\n```"
        else:
            yield _help_text(" ".join(paragraph.split()))


def _help_text(text: str) -> str:
    """Text of a command's help as Markdown: as it is, but with links to the pages that it names."""
    texts, names = NAMED_FILE.split(text), NAMED_FILE.findall(text)
    linked = [f"[{_title(name)}]({name})" for name in names]
    escaped = [MARKS.sub(r"\\\g<0>", part) for part in texts]
    joined = "".join(part for pair in zip(escaped, [*linked, ""], strict=True) for part in pair)
    return relinked(joined, "README.md", COMMANDS_PAGE)


def _title(file: str) -> str:
    """The title of a page of the repository."""
    first, _, _ = (CHECKOUT / file).read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ")


def json_page() -> str:
    """The schemas, and the fields of each output but the report, whose are in docs/FORMATS.md."""
    parts = [
        "# JSON",
        "The JSON Schemas that `attrib schema NAME` prints, with the fields of the commands' JSON. "
        "[Formats](../formats.md) has the fields of the report, and what holds for all: versions and offsets.",
    ]
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        name = path.stem.rpartition("-")[0]
        # The schema of an output names its record; that of a file that a newsroom writes describes itself.
        record = schema["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        described = record["description"].split("\n")[0]
        parts += [f"## {name}", f"{described} [JSON Schema](../schemas/{path.name})"]
        if record is schema:
            continue
        if name == "report":
            parts.append("[Fields of the report](../formats.md#the-fields)")
        else:
            parts.append(field_table(schema).strip())
    return "\n\n".join(parts) + "\n"


def collect() -> None:
    """Write all pages."""
    shutil.rmtree(PAGES, ignore_errors=True)
    for file in files():
        page = page_of(file)
        if page is not None and file != RULES_FILE:
            write(page, relinked((CHECKOUT / file).read_text(encoding="utf-8"), file, page))
    write("rules/index.md", rule_list_markdown(RULES))
    for rule in RULES:
        write(f"rules/{rule.id}.md", rule_page_markdown(rule, RULES))
    write(COMMANDS_PAGE, commands_page())
    write("reference/json.md", json_page())
    shutil.copytree(SCHEMAS, PAGES / "schemas")
    shutil.copytree(CHECKOUT / "docs" / "pictures", PAGES / "pictures")
    shutil.copy(CHECKOUT / "docs" / "site.css", PAGES)


def write(page: str, text: str) -> None:
    """Write a page."""
    path = PAGES / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Page(HTMLParser):
    """What a finished page links to, what it loads, and the places in it that links can lead to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element links to, loads, and is named."""
        values = {name: value for name, value in attrs if value}
        self.places.update(values[name] for name in ("id", "name") if name in values)
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "link" and values.get("rel") in ("stylesheet", "icon"):
            self.loaded.append(values["href"])
        elif tag in ("script", "img", "iframe") and "src" in values:
            self.loaded.append(values["src"])


def faults(site: Path) -> Iterator[str]:
    """Links that lead nowhere within the site, and what is loaded from elsewhere."""
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        where = path.relative_to(site).as_posix()
        for address in page.loaded:
            if urlsplit(address).netloc:
                yield f"{where}: loads {address}"
        for address in (*page.links, *page.loaded):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            name = unquote(parts.path)
            target = (site / name.lstrip("/") if name.startswith("/") else path.parent / name) if name else path
            target = target / "index.html" if target.is_dir() else target
            target = Path(os.path.normpath(target))
            if not target.is_file():
                yield f"{where}: {address} leads nowhere"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].places:
                yield f"{where}: {address} leads to no place on the page"


def main() -> int:
    """Build and check; 1 if Zensical or the check found a fault."""
    collect()
    environment = {**os.environ, DOCUMENTATION_ENVIRONMENT: documentation_address() or ""}
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    if subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode:
        return 1
    found = list(faults(SITE))
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    print(SITE)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
