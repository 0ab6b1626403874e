import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Draft} from "../quick_visit/draft";
import {FEELINGS, WORKINGS, pictureUrl} from "./talk";

const EMPTY = {
    kind: "voice",
    words: "",
    text: "",
    feeling: "",
    is_working: "",
    agreed: false,
};

/**
 * Keep what somebody says, or a note, without leaving the question. What is typed
 * and not kept yet stays with its question in this browser.
 */
export class Capture extends Component {
    static template = "dupq_assessment.DiscussionCapture";
    static props = {
        draftKey: String,
        speaker: [Object, Boolean],
        keep: Function,
        refuse: Function,
    };

    setup() {
        this.box = useRef("box");
        this.draft = new Draft(this.props.draftKey);
        this.state = useState({...EMPTY, ...this.draft.read(), message: ""});
        Object.assign(this, {FEELINGS, WORKINGS, pictureUrl});
    }

    get isVoice() {
        return this.state.kind === "voice";
    }

    get words() {
        return this.isVoice ? this.state.words : this.state.text;
    }

    get label() {
        if (!this.isVoice) {
            return _t("Our note on this question");
        }
        return this.props.speaker
            ? _t("%s, in their words", this.props.speaker.name)
            : _t("In their words");
    }

    change(values) {
        Object.assign(this.state, values, {message: ""});
        const {words, text, feeling, is_working, kind, agreed} = this.state;
        this.draft.write({words, text, feeling, is_working, kind, agreed});
    }

    onInput(ev) {
        this.change({[this.isVoice ? "words" : "text"]: ev.target.value});
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.shiftKey && !ev.isComposing) {
            ev.preventDefault();
            this.submit();
        }
    }

    submit() {
        const {feeling, is_working, agreed} = this.state;
        if (this.isVoice && !this.props.speaker) {
            this.state.message = _t("Choose who says it first. Your words stay here.");
            return this.props.refuse();
        }
        if (!this.words.trim() && !(this.isVoice && feeling)) {
            this.state.message = _t("Write something first, or choose a face.");
            return this.box.el.focus();
        }
        if (this.isVoice) {
            this.props.keep({
                kind: "voice",
                group_id: this.props.speaker.id,
                words: this.words.trim(),
                feeling,
                consent: agreed ? "yes" : "",
            });
            this.change({words: "", feeling: "", agreed: false});
        } else {
            this.props.keep({kind: "note", text: this.words.trim(), is_working});
            this.change({text: "", is_working: ""});
        }
        if (!this.state.words && !this.state.text) {
            this.draft.clear();
        }
        this.state.message = _t("Kept.");
        this.box.el.focus();
    }
}
