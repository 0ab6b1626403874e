"""Feeding the Odoo shell a script of a benchmark, and reading what it prints."""

import subprocess


def run_script(chain, database, *scripts, **variables):
    """What the shell prints; an error in the script, or in its log, is raised.

    :param scripts: paths of scripts that run one after the other, as one
    :param variables: what the script finds in its environment
    """
    done = subprocess.run(
        chain.command("shell", "-d", database, "--no-http", "--log-level", "warn"),
        input="\n".join(script.read_text() for script in scripts),
        capture_output=True,
        text=True,
        env=chain.variables(**{key: str(value) for key, value in variables.items()}),
    )
    if done.returncode or "Traceback" in done.stderr:
        raise AssertionError(done.stdout[-500:] + done.stderr[-3000:])
    return done.stdout
