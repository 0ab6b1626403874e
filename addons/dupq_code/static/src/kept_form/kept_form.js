// Send a form without leaving the page before it has arrived: on a bad line, or with a
// link that has just run out, what was typed stays. Without script the browser sends it
// as ever. What is sent again with the same key is kept once.

const shown = {path: window.location.pathname};

export class KeptForm {
    constructor(root) {
        this.root = root;
        this.form = root.closest("form");
        this.isSending = false;
    }

    watch() {
        this.form.addEventListener("submit", (ev) => {
            ev.preventDefault();
            if (!this.isSending) {
                this.send(ev.submitter);
            }
        });
    }

    async send(button) {
        const body = new FormData(this.form);
        if (button?.name) {
            body.append(button.name, button.value);
        }
        this.isSending = true;
        this.say(this.read("sending"));
        try {
            // By its attribute: a field of the form may be called "action".
            const path = this.form.getAttribute("action");
            const answer = await fetch(path, {method: "POST", body});
            this.show(answer, await answer.text());
        } catch {
            this.say(this.read("lost"), true);
        }
        this.isSending = false;
    }

    show(answer, text) {
        if (answer.redirected && answer.url.includes("/web/login")) {
            this.say(this.read("signed_out"), true);
            return;
        }
        if (answer.redirected) {
            // Whoever has the tablet next finds nothing of it by going back.
            this.form.reset();
            window.location.assign(answer.url);
            return;
        }
        const page = new DOMParser().parseFromString(text, "text/html");
        const main = page.querySelector("main");
        if (main && (answer.ok || answer.status === 422)) {
            this.replace(page, answer.ok);
            return;
        }
        const told = [...(main?.querySelectorAll("h1, p") || [])];
        const why = told.map((node) => node.textContent.trim()).filter(Boolean);
        const words = why.length ? [...why, this.read("refused")] : [this.read("lost")];
        this.say(words.join(" "), true);
    }

    replace(page, isNext) {
        if (isNext) {
            // The page after this one has the address to which the form is sent.
            window.history.pushState({}, "", this.form.getAttribute("action"));
            shown.path = window.location.pathname;
        }
        document.title = page.title;
        document.documentElement.className = page.documentElement.className;
        document.body.replaceChildren(...page.body.childNodes);
        window.scrollTo(0, 0);
        document.getElementById("main").focus({preventScroll: true});
        document.dispatchEvent(new CustomEvent("dq-page-shown"));
    }

    read(name) {
        const node = this.root.querySelector(`[data-dq-words=${name}]`);
        return node.textContent.replace(/\s+/g, " ").trim();
    }

    say(words, isTrouble = false) {
        const status = this.root.querySelector("[role=status]");
        status.classList.toggle("dq-errors", isTrouble);
        status.textContent = words;
    }
}

function watchAll() {
    for (const root of document.querySelectorAll("[data-dq-kept-form]")) {
        new KeptForm(root).watch();
    }
}

watchAll();
document.addEventListener("dq-page-shown", watchAll);
// Going back asks for the page before anew, as without script; a jump within the page,
// to what is wrong, does not.
window.addEventListener("popstate", () => {
    if (window.location.pathname !== shown.path) {
        window.location.reload();
    }
});
