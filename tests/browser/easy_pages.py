"""What the product's own rules of Easy Read say of pages that a browser shows."""

import json

# Each row as people see it: its pictures, and its words without those of somebody
# else. What a heading asks stands beside a picture, too.
ROWS = """() => [...document.querySelectorAll(".dq-easy-row, .dq-asked")]
.map((row) => ({
    pictures: [...row.querySelectorAll("img.dq-picture")].length,
    words: [...row.querySelectorAll("p, h1, legend, label, li, button, summary")]
        .filter((node) => node.checkVisibility() && !node.closest("blockquote"))
        .filter((node) => !node.matches(".dq-muted") && !node.querySelector("p, li"))
        .map((node) => node.innerText.trim())
        .filter((words) => words && !words.startsWith("“")),
}))"""
CHECK = """
import json
from odoo.addons.dupq_assessment import easy_read

terms = env["dupq.glossary.term"]._get_terms(env.company)
for words in json.loads({words!r}):
    for problem in easy_read.check_idea(words, "a picture", terms=terms):
        print("PROBLEM", json.dumps([words, problem.kind, problem.hint]))
"""


def check_easy_read(server, *shown):
    """What is wrong with rows that `page.evaluate(ROWS)` gave: lines of text."""
    rows = [row for rows in shown for row in rows]
    problems = [
        f"{row['pictures']} pictures: {row['words'][:2]}"
        for row in rows
        if row["pictures"] != 1
    ]
    words = sorted({words for row in rows for words in row["words"]})
    out = server.shell(CHECK.format(words=json.dumps(words)))
    found = (line for line in out.splitlines() if line.startswith("PROBLEM "))
    return problems + [str(json.loads(line[8:])) for line in found]
