"""Checks the seal of a published self-assessment.

    python3 check_report.py report.json

report.json is the open data edition of the report. Needs Python 3 and nothing else.
Ends with 0 if the seal holds, with 1 if something was changed.
"""

import hashlib
import json
import sys


def block_hash(salt, content):
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def check(report):
    """Return what is wrong, as a list of sentences."""
    wrong = []
    for block in report["blocks"]:
        if "taken_back_on" in block:
            continue
        content = {"kind": block["kind"], "data": block["content"]}
        if block_hash(block["salt"], content) != block["digest"]:
            wrong.append(f"Block {block['sequence']} ({block['kind']}) was changed.")
    digests = "\n".join(block["digest"] for block in report["blocks"])
    if hashlib.sha256(digests.encode()).hexdigest() != report["seal"]:
        wrong.append("The seal does not belong to these blocks.")
    return wrong


def main(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    wrong = check(report)
    for sentence in wrong:
        sys.stdout.write(sentence + "\n")
    if not wrong:
        gone = sum("taken_back_on" in block for block in report["blocks"])
        count = len(report["blocks"])
        sys.stdout.write(f"The seal holds: {count} blocks, {gone} taken back.\n")
        sys.stdout.write(report["seal"] + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
