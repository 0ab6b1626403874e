import {Component, onPatched, onWillUnmount, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {session} from "@web/session";
import {paragraphs, SaveStatus, TwoTexts} from "./report_part";
import {newLine, Saver} from "./saver";

/** One idea: a picture on the left, and one or two short sentences. */
export class EasyReadIdea extends Component {
    static template = "dupq_assessment.EasyReadIdea";
    static components = {SaveStatus, TwoTexts};
    static props = {
        idea: Object,
        number: Number,
        pictures: Array,
        isOpen: Boolean,
        isFirst: Boolean,
        isLast: Boolean,
        move: Function,
        remove: Function,
        onSaved: Function,
    };

    setup() {
        this.orm = useService("orm");
        const {idea} = this.props;
        this.line = useState(newLine(idea.words));
        this.state = useState({
            picture: idea.picture,
            explanation: idea.explanation,
            problems: idea.problems,
        });
        const key = `dupq_easy_read:${session.db}:${user.userId}:${idea.id}`;
        this.saver = new Saver(key, this.line, (words, seen) =>
            this.send({words}, seen)
        );
        this.saveSoon = useDebounced(() => this.saver.save(), 700, {
            execBeforeUnmount: true,
        });
        onWillUnmount(() => this.saver.stop());
    }

    get pictureUrl() {
        return `/dupq_code/static/lib/fluent-emoji/${this.state.picture}.svg`;
    }

    get labels() {
        const {number} = this.props;
        return {
            picture: _t("Idea %s: picture", number),
            words: _t("Idea %s: words", number),
            explanation: _t("Idea %s: hard words explained", number),
            up: _t("Idea %s: up", number),
            down: _t("Idea %s: down", number),
            remove: _t("Idea %s: take out", number),
        };
    }

    onInput(ev) {
        this.saver.typed(ev.target.value);
        this.saveSoon();
    }

    async send(values, seen) {
        const answer = await this.orm.silent.call(
            "dupq.assessment.section.idea",
            "save_idea",
            [[this.props.idea.id], values, seen]
        );
        this.state.problems = answer.problems;
        Object.assign(this.props.idea, answer);
        this.props.onSaved();
        return {is_saved: answer.is_saved, text: answer.words};
    }

    setValue(name, ev) {
        this.state[name] = ev.target.value;
        return this.send({[name]: ev.target.value || false}, this.line.seen);
    }
}

/** The Easy Read twin of a part: what the text says, in pictures and short words. */
export class EasyReadTwin extends Component {
    static template = "dupq_assessment.EasyReadTwin";
    static components = {EasyReadIdea};
    static props = {
        part: Object,
        pictures: Array,
        isOpen: Boolean,
        onSaved: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.listRef = useRef("list");
        this.toFocus = null;
        onPatched(() => this.focusNow());
    }

    get addLabel() {
        return _t("Add an idea to %s", this.props.part.name);
    }

    get paragraphs() {
        return paragraphs(this.props.part.text);
    }

    async add() {
        const {part} = this.props;
        const model = "dupq.assessment.section";
        part.ideas.push(await this.orm.call(model, "add_idea", [[part.id]]));
        this.props.onSaved();
        this.focusOn(part.ideas.length - 1);
    }

    async move(index, step) {
        const {part} = this.props;
        const [idea] = part.ideas.splice(index, 1);
        part.ideas.splice(index + step, 0, idea);
        const ids = part.ideas.map((one) => one.id);
        await this.orm.call("dupq.assessment.section", "order_ideas", [[part.id], ids]);
        this.focusOn(index + step);
    }

    async remove(index) {
        const {part} = this.props;
        const [idea] = part.ideas.splice(index, 1);
        await this.orm.unlink("dupq.assessment.section.idea", [idea.id]);
        this.props.onSaved();
        this.focusOn(Math.min(index, part.ideas.length - 1));
    }

    /** Whoever works by keyboard goes on where something has changed. */
    focusOn(index) {
        this.toFocus = index;
        this.render();
    }

    focusNow() {
        if (this.toFocus !== null) {
            const areas = this.listRef.el.querySelectorAll("textarea");
            areas[this.toFocus]?.focus();
            this.toFocus = null;
        }
    }
}
