"""The verbs of ./dupq and what each of them accepts."""

import argparse
import sys

from . import paths
from .errors import Trouble, plain

ABOUT = """\
Driving Up Quality in Odoo 19: bring it up, test it, look after it.

A fresh clone needs nothing but Python 3.11 or newer. What is missing is downloaded
into your cache (about 3 GB on disk); nothing is installed on the machine."""


def main(args):
    parser = _parser()
    options, rest = parser.parse_known_args(args)
    if rest and not options.takes_rest:
        parser.error(f"unknown: {' '.join(rest)}")
    options.rest = [arg for arg in rest if arg != "--"]
    return guarded(options.verb, options)


def guarded(function, *args):
    """Call it; whatever goes wrong in a known way is said in one plain sentence."""
    try:
        return int(function(*args) or 0)
    except Trouble as trouble:
        print(f"dupq: {trouble}", file=sys.stderr)
    except OSError as error:
        trouble = plain(error, paths.cache())
        if not trouble:
            raise
        print(f"dupq: {trouble}", file=sys.stderr)
    except KeyboardInterrupt:
        print("dupq: stopped; the same command goes on from here.", file=sys.stderr)
    return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="./dupq",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    here = (_run, _test, _lint, _shell, _odoo, _bench)
    for add in (*here, _screenshots, _translations, _stop, _doctor):
        add(verbs)
    return parser


def _verb(verbs, name, module, function, text, takes_rest=False, **options):
    """Add one verb; its module is imported when it is asked for."""

    def call(options):
        return getattr(__import__(f"dupq_cli.{module}", fromlist=[""]), function)(
            options
        )

    verb = verbs.add_parser(
        name,
        help=text.split(".")[0],
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        **options,
    )
    verb.set_defaults(verb=call, takes_rest=takes_rest)
    return verb


def _run(verbs):
    verb = _verb(
        verbs, "run", "run_verb", "run",
        "Start Odoo with the three addons and demo data, and say where it is.",
    )  # fmt: skip
    verb.add_argument("--port", type=int, default=8069, help="default: 8069")
    verb.add_argument(
        "--fresh", action="store_true", help="throw the database away and begin anew"
    )
    verb.add_argument("--no-demo", action="store_true", help="without demo data")
    _name(verb)
    verb.add_argument(
        "--workers", type=int, default=0, metavar="N", help="server processes"
    )


def _test(verbs):
    verb = _verb(
        verbs, "test", "test_verb", "test",
        "Test everything, on a small and on a full set of Odoo's modules.\n\n"
        "Anything else on the line goes to pytest: paths, -x, --lf, -v ...\n"
        "With a path, -k or --addon only that part runs.",
        takes_rest=True,
    )  # fmt: skip
    verb.add_argument("-k", metavar="EXPR", help="only tests whose name matches")
    verb.add_argument(
        "--addon", action="append", default=[], metavar="NAME",
        help="only this addon's tests (may be given again)",
    )  # fmt: skip
    which = verb.add_mutually_exclusive_group()
    which.add_argument(
        "--browser", action="store_true", help="only the tests that need a browser"
    )
    which.add_argument(
        "--no-browser", action="store_true", help="leave those tests out"
    )
    verb.add_argument(
        "--set", choices=("minimal", "full", "both"),
        help="module sets for the addons' tests (both; minimal in a selection)",
    )  # fmt: skip


def _lint(verbs):
    verb = _verb(
        verbs, "lint", "lint_verb", "lint",
        "Run every linter over the checkout; takes seconds.",
    )  # fmt: skip
    verb.add_argument(
        "--fix", action="store_true", help="let those repair that can (formatters too)"
    )


def _shell(verbs):
    verb = _verb(
        verbs, "shell", "odoo_verbs", "shell",
        "Open the Odoo shell; run a script that comes from standard input.\n\n"
        "  ./dupq shell              the database of ./dupq run\n"
        "  ./dupq shell DB < x.py    a script, on another database",
    )  # fmt: skip
    verb.add_argument("database", nargs="?", metavar="DB")


def _odoo(verbs):
    _verb(
        verbs, "odoo", "odoo_verbs", "odoo",
        "Run Odoo's own command line in our environment.\n\n"
        "  ./dupq odoo -- -d mydb -i dupq_code --stop-after-init\n"
        "  ./dupq odoo -- i18n export -d mydb -l fr dupq_code",
        takes_rest=True,
    )  # fmt: skip


def _bench(verbs):
    verb = _verb(
        verbs, "bench", "bench_verb", "bench",
        "Measure what the project promises, and print the figures.",
    )  # fmt: skip
    verb.add_argument(
        "names", nargs="*", help="only these: install, ledger ... (benchmarks/bench_*)"
    )


def _screenshots(verbs):
    _verb(
        verbs, "screenshots", "screenshots_verb", "screenshots",
        "Take pictures of the main screens into docs/screenshots.\n\n"
        "On a fresh database with demo data, which is thrown away afterwards;\n"
        "docs/screenshots.md lists the pictures.",
    )  # fmt: skip


def _translations(verbs):
    _verb(
        verbs, "translations", "pot_verb", "translations",
        "Write what can be translated into each addon's i18n/*.pot.\n\n"
        "Files that say the same already are left alone.",
    )  # fmt: skip


def _stop(verbs):
    verb = _verb(
        verbs, "stop", "run_verb", "stop",
        "Stop Odoo and its PostgreSQL. With --name, only the server of that name.",
    )  # fmt: skip
    _name(verb)


def _name(verb):
    verb.add_argument(
        "--name", default="run", help="one of several demo servers side by side"
    )


def _doctor(verbs):
    _verb(
        verbs, "doctor", "doctor_verb", "doctor",
        "Say what is here, what is missing, and how to mend it.",
    )  # fmt: skip
