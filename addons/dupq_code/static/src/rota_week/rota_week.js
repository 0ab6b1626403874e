import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {deserializeDate, serializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {CoverageShape} from "../coverage_map/coverage_shape";
import {
    SHAPES,
    STATES,
    STATE_MEANINGS,
    STATE_WORDS,
    kindWords,
    percent,
    standInWords,
    standWords,
    sumUp,
    timeWords,
    toBars,
} from "./week";

const NEXT = {ArrowDown: 1, ArrowUp: -1};
const DAYS = {ArrowLeft: -1, ArrowRight: 1};

function cleanId(value) {
    const number = Number(value);
    return Number.isInteger(number) && number > 0 ? number : false;
}

/** Who comes this week, who chose them, and where a stranger is about to arrive. */
export class RotaWeek extends Component {
    static template = "dupq_code.RotaWeek";
    static components = {CoverageShape, Layout};
    static props = {...standardActionServiceProps};
    static path = "dupq-rota-week";
    static displayName = _t("Who comes this week");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.root = useRef("root");
        const kept = this.props.state?.where || this.props.action.params || {};
        this.where = useState({
            service_id: cleanId(kept.service_id),
            person_id: cleanId(kept.person_id),
            week: /^\d{4}-\d{2}-\d{2}$/.test(kept.week || "") ? kept.week : false,
        });
        this.state = useState({data: null});
        this.states = STATES;
        Object.assign(this, {
            kindWords,
            standWords,
            standInWords,
            timeWords,
            percent,
        });
        useSetupAction({getLocalState: () => ({where: {...this.where}})});
        onWillStart(() => this.load());
    }

    // === WHAT IS SHOWN === //

    get data() {
        return this.state.data;
    }

    get sum() {
        return sumUp(this.data.days);
    }

    get weekWords() {
        const {days} = this.data;
        const [first, last] = [days[0].date, days[6].date].map(deserializeDate);
        return _t("%(first)s to %(last)s", {
            first: first.toLocaleString({day: "numeric", month: "long"}),
            last: last.toLocaleString(luxon.DateTime.DATE_FULL),
        });
    }

    get placeWords() {
        const {person, service} = this.data;
        return person ? `${person.name}, ${service.name}` : service.name;
    }

    get strangersWords() {
        const count = this.sum.strangers;
        if (!count) {
            return _t("Nobody comes whom the people there do not know.");
        }
        return count === 1
            ? _t("A stranger is about to arrive for one shift.")
            : _t("A stranger is about to arrive for %s shifts.", count);
    }

    /** Whether a shift has to say for whom it is. */
    get namesPeople() {
        return !this.data.person && this.data.people.length > 1;
    }

    get countsWords() {
        const {shifts, faces} = this.sum;
        return _t("%(shifts)s shifts, %(faces)s different faces", {shifts, faces});
    }

    get faceBars() {
        const heights = toBars(this.data.faces.map(({count}) => count));
        return this.data.faces.map(({week, count}, index) => ({
            week: deserializeDate(week).toLocaleString({
                day: "numeric",
                month: "short",
            }),
            count,
            height: 60 * heights[index],
            x: 6 + 28 * index,
        }));
    }

    shape(state) {
        return SHAPES[state];
    }

    stateWord(state) {
        return STATE_WORDS[state];
    }

    stateMeaning(state) {
        return STATE_MEANINGS[state];
    }

    dayName(day) {
        return deserializeDate(day.date).toLocaleString({
            weekday: "long",
            day: "numeric",
            month: "long",
        });
    }

    isToday(day) {
        return day.date === serializeDate(luxon.DateTime.now());
    }

    monthName(month) {
        return deserializeDate(month).toLocaleString({month: "short", year: "numeric"});
    }

    // === ASKING THE SERVER === //

    async load() {
        const ask = this.orm.call("dupq.rota.week", "get_week", [{...this.where}]);
        this.state.data = await this.keepLast.add(ask);
        const {service_id, person_id, week} = this.where;
        this.props.updateActionState?.({
            service_id: service_id || undefined,
            person_id: person_id || undefined,
            week: week || undefined,
        });
    }

    // === WHAT PEOPLE DO === //

    choose(changes) {
        Object.assign(this.where, changes);
        return this.load();
    }

    onServiceChange(ev) {
        return this.choose({service_id: cleanId(ev.target.value), person_id: false});
    }

    onPersonChange(ev) {
        return this.choose({person_id: cleanId(ev.target.value)});
    }

    move(weeks) {
        const week = deserializeDate(this.data.week).plus({weeks});
        return this.choose({week: serializeDate(week)});
    }

    openShift(shift) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: shift.model,
            res_id: shift.id,
            views: [[false, "form"]],
        });
    }

    openMonths() {
        return this.action.doAction("dupq_code.dupq_rota_month_action", {
            additionalContext: {search_default_service_id: this.data.service.id},
        });
    }

    print() {
        window.print();
    }

    /** Up and down from shift to shift, left and right from day to day. */
    onKeydown(ev) {
        const shift = ev.target.closest("[data-day]");
        if (!shift || !(ev.key in NEXT || ev.key in DAYS)) {
            return;
        }
        const all = [...ev.currentTarget.querySelectorAll("[data-day]")];
        let next = all[all.indexOf(shift) + (NEXT[ev.key] || 0)];
        if (ev.key in DAYS) {
            const step = DAYS[ev.key];
            const days = all.filter(
                (one) => one.dataset.day * step > shift.dataset.day * step
            );
            const day = days.length && (step > 0 ? days[0] : days.at(-1)).dataset.day;
            next = days.find((one) => one.dataset.day === day);
        }
        if (next) {
            ev.preventDefault();
            next.focus();
        }
    }
}

registry.category("actions").add("dupq_rota_week", RotaWeek);
