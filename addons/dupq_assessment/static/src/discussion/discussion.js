import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {session} from "@web/session";
import {Capture} from "./capture";
import {Outbox, Sender, judge, makeKey} from "./outbox";
import {SaidList} from "./said_list";
import {Speakers} from "./speakers";
import {connectionWords, describeSpeakers, mergeItems, pictureUrl} from "./talk";
import {WhoIsHere} from "./who_is_here";

const MODEL = "dupq.assessment.discussion";
// How often others' notes are asked for, in milliseconds.
const POLL = 4000;
// Arrow keys, and those of a presenter's remote control.
const STEPS = {ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1};
const BIG = "dupq_discussion_big";

function cleanId(value) {
    const number = Number(value);
    return Number.isInteger(number) && number > 0 ? number : false;
}

/** The discussion in the room: one question, who has not spoken, and what is said. */
export class Discussion extends Component {
    static template = "dupq_assessment.Discussion";
    static components = {Capture, Layout, SaidList, Speakers, WhoIsHere};
    static props = {...standardActionServiceProps};
    static path = "dupq-discussion";
    static displayName = _t("In the room");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.display = {controlPanel: {}};
        Object.assign(this, {pictureUrl});
        const kept = this.props.state || this.props.action.params || {};
        this.where = useState({
            session_id: cleanId(kept.session_id),
            question_id: cleanId(kept.question_id),
        });
        this.state = useState({
            data: null,
            news: null,
            unsent: [],
            connection: "calm",
            groupId: false,
            showsHere: false,
            isBig: browser.localStorage.getItem(BIG) === "1",
            isPlain: false,
        });
        this.storage = `dupq_discussion:${session.db}:${user.userId}`;
        this.recent = [];
        this.sender = new Sender({
            outbox: new Outbox(this.storage),
            send: (item) => this.send(item),
            onChange: () => this.showUnsent(),
            onSent: (item, news) => this.onSent(item, news),
        });
        useSetupAction({getLocalState: () => ({...this.where})});
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        useExternalListener(window, "online", () => this.sender.flush());
        useExternalListener(document, "visibilitychange", () => this.poll());
        onWillStart(() => this.load());
        onMounted(() => {
            this.sender.flush();
            this.schedule();
        });
        onWillUnmount(() => {
            this.isGone = true;
            this.sender.stop();
            browser.clearTimeout(this.timer);
        });
    }

    // === WHAT IS SHOWN === //

    get data() {
        return this.state.data;
    }

    get question() {
        return this.data.questions[this.index];
    }

    get index() {
        const index = this.data.questions.findIndex(
            ({id}) => id === this.where.question_id
        );
        return Math.max(0, index);
    }

    get placeWords() {
        return _t("Question %(number)s of %(count)s", {
            number: this.index + 1,
            count: this.data.questions.length,
        });
    }

    get speakers() {
        return describeSpeakers({
            groups: this.data.groups,
            news: this.state.news,
            unsent: this.state.unsent,
            questionId: this.question?.id,
        });
    }

    get speaker() {
        return this.speakers.find(({id}) => id === this.state.groupId) || false;
    }

    get items() {
        return mergeItems(this.state.news.items, this.state.unsent).filter(
            ({question_id}) => question_id === this.question.id
        );
    }

    get groupNames() {
        return Object.fromEntries(this.data.groups.map(({id, name}) => [id, name]));
    }

    get numbers() {
        return Object.fromEntries(this.speakers.map(({id, number}) => [id, number]));
    }

    get connectionWords() {
        const waiting = this.state.unsent.filter(({refused}) => refused === undefined);
        return connectionWords(this.state.connection, waiting.length);
    }

    get draftKey() {
        return `${this.storage}:${this.data.session.id}:${this.question.id}`;
    }

    when(choice) {
        return deserializeDateTime(choice.date).toLocaleString(
            luxon.DateTime.DATETIME_MED
        );
    }

    // === ASKING THE SERVER === //

    async load() {
        const {session_id} = this.where;
        const data = await this.orm.call(MODEL, "get_discussion", [session_id]);
        this.state.data = data;
        this.state.news = data.news || null;
        this.where.session_id = data.session ? data.session.id : false;
        this.state.showsHere = data.session && !data.news.attendance.length;
        this.showUnsent();
        this.remember();
    }

    remember() {
        this.props.updateActionState?.({
            session_id: this.where.session_id || undefined,
            question_id: this.where.question_id || undefined,
        });
    }

    schedule() {
        browser.clearTimeout(this.timer);
        if (!this.isGone) {
            this.timer = browser.setTimeout(() => this.poll(), POLL);
        }
    }

    /** Others' notes and voices; quietly, and not while nobody looks. */
    async poll() {
        if (document.visibilityState === "hidden" || !this.data.session) {
            return this.schedule();
        }
        await this.askNews();
        this.schedule();
    }

    async askNews() {
        const args = [this.data.session.id, this.state.news.stamp];
        try {
            this.setNews(await this.orm.silent.call(MODEL, "get_news", args));
        } catch (error) {
            const kind = judge(error);
            this.state.connection = kind === "refused" ? "busy" : kind;
            return;
        }
        if (this.state.connection !== "calm") {
            this.state.connection = "calm";
            this.sender.flush();
        }
    }

    setNews(news) {
        if (!news.items) {
            // Nothing has changed since.
            return;
        }
        const known = new Set(news.items.map(({key}) => key));
        this.recent = this.recent.filter(
            ({key, kind}) => kind !== "attendance" && !known.has(key)
        );
        this.state.news = news;
        this.showUnsent();
    }

    // === SENDING === //

    send({session_id, key, kind, group_id, number, ...rest}) {
        if (kind === "attendance") {
            const args = [session_id, group_id, number];
            return this.orm.silent.call(MODEL, "set_attendance", args);
        }
        const item = {key, kind, group_id, ...rest};
        return this.orm.silent.call(MODEL, "save", [session_id, item]);
    }

    onSent(item, news) {
        this.recent.push(item);
        if (!this.isGone && item.session_id === this.data.session?.id) {
            this.setNews(news);
        }
    }

    showUnsent() {
        if (this.isGone || !this.data?.session) {
            return;
        }
        const here = ({session_id}) => session_id === this.data.session.id;
        const waiting = this.sender.outbox.all().filter(here);
        const keys = new Set(waiting.map(({key}) => key));
        const recent = this.recent.filter((one) => here(one) && !keys.has(one.key));
        this.state.unsent = [...waiting, ...recent].reverse();
        this.state.connection = this.sender.state;
    }

    // === WHAT PEOPLE DO === //

    keep(values) {
        return this.sender.add({
            ...values,
            key: makeKey(),
            session_id: this.data.session.id,
            question_id: this.question.id,
        });
    }

    changeAttendance(group_id, number) {
        const session_id = this.data.session.id;
        // One place for each group: what is set later takes the place of it.
        const key = `attendance-${session_id}-${group_id}`;
        this.recent = this.recent.filter((item) => item.key !== key);
        return this.sender.add({kind: "attendance", key, session_id, group_id, number});
    }

    choose(groupId) {
        this.state.groupId = groupId;
    }

    askSpeaker() {
        const first = ".o_dupq_room_speakers input, .o_dupq_room_here input";
        this.root.el.querySelector(first)?.focus();
    }

    move(step) {
        const question = this.data.questions[this.index + step];
        if (question) {
            this.where.question_id = question.id;
            this.remember();
        }
    }

    openSession(session_id) {
        this.where.session_id = session_id;
        return this.load();
    }

    openForm() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dupq.assessment.session",
            res_id: this.data.session.id,
            views: [[false, "form"]],
        });
    }

    toggleBig() {
        this.state.isBig = !this.state.isBig;
        browser.localStorage.setItem(BIG, this.state.isBig ? "1" : "");
    }

    onKeydown(ev) {
        if (!this.data?.session || ev.altKey || ev.ctrlKey || ev.metaKey) {
            return;
        }
        if (ev.key === "Escape" && this.state.isBig) {
            return this.toggleBig();
        }
        const isTyping = ev.target.closest?.("input, textarea, select, .modal");
        if (ev.key in STEPS && !(isTyping && ev.key.startsWith("Arrow"))) {
            ev.preventDefault();
            this.move(STEPS[ev.key]);
        }
    }
}

registry.category("actions").add("dupq_assessment.discussion", Discussion);
