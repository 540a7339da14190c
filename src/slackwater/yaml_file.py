"""Reading YAML that somebody else wrote: safe tags only, no aliases, no repeated key, one-line faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from slackwater.errors import InputError

MAX_BYTES = 2_000_000


def load(path: Path, *, shown: str | None = None) -> Any:
    """The content of YAML file *path* as plain Python; an empty file gives None.

    Dates and numbers come as YAML reads them. Aliases are refused, since a page of
    them can unfold to gigabytes, and so is a key given twice, since YAML would
    silently keep the last. *shown* is the name used in messages.
    Raises InputError naming file and line.
    """
    import yaml

    shown = shown or str(path)

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                raise yaml.composer.ComposerError(None, None, "aliases (*name) are not read here",
                                                  self.peek_event().start_mark)
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> dict:
            seen = set()
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key.start_mark)
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"key {key.value!r} is given twice", key.start_mark)
                seen.add(key.value)
            return super().construct_mapping(node, deep)

        def construct_yaml_timestamp(self, node: Any) -> Any:
            try:
                return super().construct_yaml_timestamp(node)
            except ValueError:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{node.value} is no day of the calendar", node.start_mark) from None

    Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_timestamp)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{shown}: cannot be read ({error.strerror}).") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{shown}: {len(data):,} bytes; a file above {MAX_BYTES:,} is not read. Shorten it.")
    try:
        return yaml.load(data.decode("utf-8-sig"), Loader)  # Loader is a SafeLoader
    except UnicodeDecodeError as error:
        raise InputError(f"{shown}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from None
    except RecursionError:
        raise InputError(f"{shown}: nested too deeply. Write it flatter.") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise InputError(f"{shown}: {where}{problem}. Mend the YAML there.") from None
