"""People who answer all questions, by our pages and by a survey, as browsers do."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from http.client import HTTPConnection
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

CSRF = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
KEY = re.compile(r'name="key"\s+value="([^"]+)"')
# So many answer at the same time.
AT_ONCE = 8
FEELINGS = ("good", "mixed", "not_yet")


def words(number):
    return f"What I think of question {number}: it could be better on Sundays."


class Person:
    """One browser, as light as can be, for it shares the processor with the server;
    counts what it asks."""

    def __init__(self, url):
        self.place, self.cookies, self.requests = urlsplit(url).netloc, {}, 0

    def ask(self, method, path, form=None, values=None):
        """Ask for a page; follow no redirection.

        :param form: what a form sends
        :param values: what a script sends
        """
        self.requests += 1
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif values is not None:
            body = json.dumps(values)
            headers["Content-Type"] = "application/json"
        connection = HTTPConnection(self.place, timeout=120)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _is, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        assert answer.status < 400, f"{path}: {answer.status}"
        return Answer(text, answer.headers)


class Answer(NamedTuple):
    """What came back."""

    text: str
    headers: Message


def by_our_pages(url, found, number):
    """By a personal link: the door, the start, and 37 questions."""
    person = Person(url)
    link = f"/invitation/{found['tokens'][number]}"
    door = person.ask("GET", link)
    token = CSRF.search(door.text).group(1)
    person.ask("POST", link, form={"csrf_token": token})
    person.ask("GET", link)
    questions = found["questions"]
    page = person.ask("GET", f"{link}/e/{questions[0]}")
    for place, question in enumerate(questions):
        following = questions[place + 1] if place + 1 < len(questions) else "thanks"
        form = {
            "csrf_token": token,
            "key": KEY.search(page.text).group(1),
            "question": question,
            "answer": FEELINGS[place % 3],
            "words": words(place),
            "consent": "yes",
        }
        page = person.ask("POST", f"{link}/e/{following}", form=form)
    assert "Thank you" in page.text
    return person.requests


def by_survey(url, found, _number):
    """By Odoo's survey: the start, the beginning, and 37 questions."""
    person = Person(url)
    survey = found["survey"]
    start = person.ask("GET", f"/survey/start/{survey}")
    place = start.headers["Location"].split("?")[0].replace(url, "")
    person.ask("GET", place)
    answer = place.rsplit("/", 1)[1]
    call(person, f"/survey/begin/{survey}/{answer}", {})
    for number, (question, choices) in enumerate(found["asked"]):
        said = [choices[number % 3], {"comment": words(number)}]
        values = {"question_id": question, str(question): said}
        call(person, f"/survey/submit/{survey}/{answer}", values)
    person.ask("GET", place)
    return person.requests


def call(person, path, values):
    answer = person.ask("POST", path, values={"jsonrpc": "2.0", "params": values})
    result = json.loads(answer.text)
    assert "error" not in result, result
    assert "error" not in str(result["result"][1:])[:200], result["result"][1:]


def take_part(way, url, found, people):
    """Seconds until all of them have answered, and how many requests that took."""
    began = monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        counts = list(pool.map(lambda one: way(url, found, one), range(people)))
    return monotonic() - began, sum(counts)
