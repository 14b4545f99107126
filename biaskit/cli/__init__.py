"""The command line."""

import sys

from biaskit.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; a fault in what was given is one sentence and exit status 2."""
    try:
        app()
    except (ValueError, OSError) as error:
        sys.stderr.write(f"biaskit: {_sentence(error)}\n")
        sys.exit(2)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)
