"""axe-core on a page: every rule of WCAG 2.0 to 2.2 A and AA, and best practice."""

from dupq_cli import pytest_report

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """([include, tags]) => axe.run(include || document, {
    resultTypes: ["violations"],
    runOnly: {type: "tag", values: tags},
})"""


class Axe:
    """`axe(page)` returns violations as lines of text; `axe.check(page)` wants none.

    `include` narrows it to a part of the page (a CSS selector). Each call counts as
    one page in the last lines of ./dupq test.
    """

    def __init__(self, source):
        self.source = source

    def __call__(self, page, include=None, tags=TAGS):
        # evaluate, not a script tag: no Content-Security-Policy can keep it out
        page.evaluate(self.source)
        result = page.evaluate(RUN, [include, list(tags)])
        pytest_report.REPORT.axe_pages += 1
        return [_line(violation) for violation in result["violations"]]

    def check(self, page, include=None, tags=TAGS):
        violations = self(page, include, tags)
        assert not violations, f"{page.url}:\n" + "\n".join(violations)


def _line(violation):
    places = "; ".join(str(node["target"]) for node in violation["nodes"][:5])
    more = len(violation["nodes"]) - 5
    tail = f" and {more} more" if more > 0 else ""
    return (
        f"{violation['impact']} {violation['id']}: {violation['help']}: {places}{tail}"
    )
