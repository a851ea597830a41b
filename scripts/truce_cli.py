"""The command line of the plot scripts."""

import argparse
import os
import sys

import truce_page
from truce_results import Results, ResultsError


def parser_of(description, name_option, name_help, file_help="results of truce run"):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("files", nargs="+", metavar="FILE", help=file_help)
    parser.add_argument("-o", "--output", metavar="PATH",
                        help="an image (.png, .pdf, .svg) or a folder; default: beside FILE")
    parser.add_argument(name_option, dest="names", action="append", metavar="NAME",
                        help=name_help + "; may be given several times")
    return parser


def arguments(*texts):
    """The parsed command line of a plot script; see parser_of."""
    return parsed(parser_of(*texts))


def parsed(parser):
    options = parser.parse_args()
    if len(options.files) > 1 and options.output and is_image(options.output):
        parser.error("several files need a folder as --output")
    return options


def is_image(path):
    return os.path.splitext(path)[1].lower() in (".png", ".pdf", ".svg")


def image_path(file, output, what):
    """Where the figure of a file goes: NAME-WHAT.png beside it unless told otherwise."""
    if output and is_image(output):
        return output
    stem = os.path.splitext(os.path.basename(file))[0]
    return os.path.join(output or os.path.dirname(file), f"{stem}-{what}.png")


def draw_all(options, what, draw, read=Results):
    """Draws every file: draw(read(file), names) -> figure. Exits with 2 where the input is wrong, 1
    where a figure cannot be written."""
    for file in options.files:
        try:
            figure = draw(read(file), options.names)
        except ResultsError as error:
            print(f"error: {error}", file=sys.stderr)
            sys.exit(2)
        path = image_path(file, options.output, what)
        try:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            truce_page.fit(figure).savefig(path)
        except OSError as error:
            print(f"error: {path} cannot be written ({error.strerror})", file=sys.stderr)
            sys.exit(1)
        print(path)
