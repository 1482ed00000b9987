"""``python -m foedus``: the program, for whom no script of that name is on the path."""

from foedus.cli.main import main

if __name__ == "__main__":
    main(prog_name="foedus")
