"""``python -m studytool`` is the console script."""

from studytool.cli import main

if __name__ == "__main__":
    main()
