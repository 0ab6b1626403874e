import {Component, onWillUnmount, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {session} from "@web/session";
import {newLine, Saver} from "./saver";

// What the public page adds by itself, after the words of a part.
const AFTERWARDS = {
    who: _t("Then: who took part, group by group."),
    found: _t(
        "Then: the rating, how each group sees it, and how much evidence there is."
    ),
    words: _t("Then: the quotes that may be printed."),
    plan: _t("Then: each action, its day, and how far it is."),
};

/** Words and pictures of a text: its paragraphs, and lines as they were typed. */
export function paragraphs(text) {
    return text
        .split(/\n\s*\n/)
        .map((one) => one.trim())
        .filter(Boolean);
}

/** Says in words and a shape whether something has been saved. */
export class SaveStatus extends Component {
    static template = "dupq_assessment.SaveStatus";
    static props = {line: Object};
}

/** What somebody else has written meanwhile, and three ways to settle it. */
export class TwoTexts extends Component {
    static template = "dupq_assessment.TwoTexts";
    static props = {line: Object, settle: Function};
}

/** One part of the report: the text, remarks in its margin, and what the public sees. */
export class ReportPart extends Component {
    static template = "dupq_assessment.ReportPart";
    static components = {SaveStatus, TwoTexts};
    static props = {
        part: Object,
        isOpen: Boolean,
        mayPlan: Boolean,
        onSaved: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.textRef = useRef("text");
        const {part} = this.props;
        this.line = useState(newLine(part.text));
        this.state = useState({
            remarks: part.remarks,
            measure: part.measure,
            isPublic: part.is_public,
        });
        const key = `dupq_report:${session.db}:${user.userId}:${part.id}`;
        this.saver = new Saver(key, this.line, (text, seen) => this.send(text, seen));
        this.lookSoon = useDebounced(() => this.look(), 500);
        this.saveSoon = useDebounced(() => this.save(), 1500, {
            execBeforeUnmount: true,
        });
        onWillUnmount(() => this.saver.stop());
    }

    get paragraphs() {
        return paragraphs(this.line.text);
    }

    get marginLabel() {
        return _t("Remarks on %s", this.props.part.name);
    }

    get afterwards() {
        return AFTERWARDS[this.props.part.kind] || "";
    }

    get rows() {
        const lines = this.line.text.split("\n");
        const wrapped = lines.map((line) => Math.ceil((line.length || 1) / 60));
        return Math.max(
            4,
            wrapped.reduce((sum, one) => sum + one, 1)
        );
    }

    get measureWords() {
        const {words, age} = this.state.measure;
        return age
            ? _t("%(words)s words, for readers of %(age)s or more", {words, age})
            : _t("%s words", words);
    }

    onInput(ev) {
        this.saver.typed(ev.target.value);
        this.lookSoon();
        this.saveSoon();
    }

    async look() {
        const text = this.line.text;
        try {
            const found = await this.orm.silent.call(
                "dupq.assessment.section",
                "check_text",
                [[this.props.part.id], text]
            );
            if (text === this.line.text) {
                Object.assign(this.state, found);
                Object.assign(this.props.part, found);
            }
        } catch {
            // Remarks come with the next words; the text itself is kept and saved.
        }
    }

    async save() {
        await this.saver.save();
    }

    async send(text, seen) {
        const args = [[this.props.part.id], text, seen];
        const answer = await this.orm.silent.call(
            "dupq.assessment.section",
            "save_text",
            args
        );
        this.props.part.text = answer.text;
        this.props.onSaved();
        return answer;
    }

    async settle(choice) {
        await this.saver.settle(choice);
        await this.look();
    }

    async setPublic(ev) {
        this.state.isPublic = ev.target.checked;
        await this.orm.write("dupq.assessment.section", [this.props.part.id], {
            is_public: this.state.isPublic,
        });
        this.props.part.is_public = this.state.isPublic;
        this.props.onSaved();
    }

    /** Show the very words that a remark is about. */
    select(remark) {
        const area = this.textRef.el;
        area.focus();
        area.setSelectionRange(remark.start, remark.end);
    }

    /** What we do about it: about the words that are marked, if there are any. */
    async planAction() {
        const area = this.textRef.el;
        const words = area
            ? area.value.slice(area.selectionStart, area.selectionEnd).trim()
            : "";
        const action = await this.orm.call(
            "dupq.assessment.section",
            "action_plan_action",
            [[this.props.part.id]]
        );
        if (words) {
            action.context.default_finding = words;
        }
        await this.action.doAction(action, {onClose: () => this.props.onSaved()});
    }

    useFacts() {
        const facts = this.props.part.facts.join("\n");
        this.saver.typed([this.line.text, facts].filter(Boolean).join("\n\n"));
        this.look();
        return this.save();
    }
}
