"""
The command line where no `biaskit` is on the path: `python -m biaskit report`.
"""

from biaskit.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
