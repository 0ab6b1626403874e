import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {deserializeDate, serializeDate, today} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {addEvidence} from "./add_evidence";
import {CoverageShape} from "./coverage_shape";
import {GapsList} from "./gaps_list";
import {PlacePanel} from "./place_panel";
import {
    STATES,
    STATE_MEANINGS,
    STATE_WORDS,
    ROWS_WORDS,
    ROW_WORDS,
    findPlace,
    getRows,
    groupByRegion,
    partsWords,
    servicesOf,
    servicesWords,
    spreadParts,
    spreadWords,
    stateWord,
} from "./places";
import {cleanDay, readWhere, toAddress, toOptions} from "./where";

const MODEL = "dupq.evidence.map";
const STEPS = {
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
};

/** What each service can show for each area, and where it is blind. */
export class CoverageMap extends Component {
    static template = "dupq_code.CoverageMap";
    static components = {CoverageShape, DateTimeInput, GapsList, Layout, PlacePanel};
    static props = {...standardActionServiceProps};
    static path = "dupq-coverage-map";
    static displayName = _t("Coverage map");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.root = useRef("root");
        this.where = useState(
            readWhere(this.props.state?.where || this.props.action.params)
        );
        this.state = useState({data: null, gaps: null, place: null, items: null});
        useSetupAction({getLocalState: () => ({where: {...this.where}})});
        this.useFocusAfterClosing();
        onWillStart(() => this.start());
    }

    /** When a place is closed, go back to where it was opened. */
    useFocusAfterClosing() {
        let last = null;
        useEffect(
            (key) => {
                if (!key && last) {
                    this.root.el?.querySelector(`[data-place="${last}"]`)?.focus();
                }
                last = key;
            },
            () => [this.placeKey]
        );
    }

    // === WHAT IS SHOWN === //

    get today() {
        return today();
    }

    get asOf() {
        return deserializeDate(this.state.data.as_of);
    }

    get states() {
        return STATES;
    }

    get groups() {
        return groupByRegion(getRows(this.state.data));
    }

    get hasRows() {
        return getRows(this.state.data).length > 0;
    }

    /** What one row is, for the head of the first column. */
    get rowWord() {
        return ROW_WORDS[this.state.data.rows];
    }

    rowsWord(kind) {
        return ROWS_WORDS[kind];
    }

    servicesWords(row) {
        return servicesWords(row, this.state.data.sees_all);
    }

    spreadParts(cell) {
        return spreadParts(cell.spread);
    }

    spreadWords(cell) {
        return spreadWords(cell.spread);
    }

    get asOfWords() {
        return this.asOf.toLocaleString(luxon.DateTime.DATE_FULL);
    }

    /** The filters in words, for paper. */
    get filterWords() {
        const {data} = this.state;
        const name = (choices, id) => choices.find((choice) => choice.id === id)?.name;
        return [
            data.mode === "then"
                ? _t("as we knew it then")
                : _t("judged with today's knowledge"),
            name(data.regions, this.where.region_id) || _t("all regions"),
            name(data.perspectives, this.where.perspective_id) || _t("every view"),
        ].join(", ");
    }

    get placeKey() {
        const {place} = this.state;
        return place ? `${place.row.id}-${place.area.id}` : null;
    }

    stateMeaning(state) {
        return STATE_MEANINGS[state];
    }

    stateName(state) {
        return STATE_WORDS[state];
    }

    cellWord(cell) {
        return stateWord(cell);
    }

    /** Where a cell stands, for those who do not see that. */
    cellPlace(row, area) {
        return `${row.name}, ${area.number}. ${area.name}:`;
    }

    partsWords(cell) {
        return partsWords(cell);
    }

    isOpen(rowId, areaId) {
        return this.placeKey === `${rowId}-${areaId}`;
    }

    // === ASKING THE SERVER === //

    ask(method, args = []) {
        return this.orm.call(MODEL, method, [...args, toOptions(this.where)]);
    }

    async start() {
        // Whoever has no part in the ledger is told so on the page.
        if (await user.checkAccessRight("dupq.evidence.coverage", "read")) {
            this.mayAdd = await user.checkAccessRight("dupq.evidence", "create");
            await this.load();
        }
    }

    /** Draw everything anew; what was open stays open. */
    async load() {
        Object.assign(this.state, await this.keepLast.add(this.fetch()));
        this.keepInAddress();
    }

    async fetch() {
        const data = await this.ask("get_map");
        const gaps = this.where.show === "gaps" ? await this.ask("get_gaps") : null;
        const place = await this.fetchPlace(data);
        return {data, gaps, place, items: null};
    }

    async fetchPlace(data) {
        const {row_id, area_id} = this.where;
        const found = findPlace(data, row_id, area_id);
        if (!found) {
            return null;
        }
        const services = found.row.service_ids
            ? servicesOf(data, found.row, area_id)
            : null;
        const isGap = found.cell.gaps.length && !services;
        const [statements, advice] = await Promise.all([
            this.ask("get_statements", [row_id, area_id]),
            isGap ? this.orm.call(MODEL, "get_advice", [area_id]) : [],
        ]);
        return {...found, services, statements, advice};
    }

    keepInAddress() {
        this.props.updateActionState?.(toAddress(this.where));
    }

    // === WHAT PEOPLE DO === //

    choose(changes) {
        Object.assign(this.where, changes);
        return this.load();
    }

    onDayChange(value) {
        const day = cleanDay(value && serializeDate(value));
        if (day !== this.where.as_of) {
            return this.choose({as_of: day});
        }
    }

    onRegionChange(ev) {
        return this.choose({region_id: Number(ev.target.value) || false});
    }

    onPerspectiveChange(ev) {
        return this.choose({perspective_id: Number(ev.target.value) || false});
    }

    onRowsChange(ev) {
        return this.choose({rows: ev.target.value, row_id: false, area_id: false});
    }

    /** Gaps are those of services: a region that was open is not there. */
    show(what) {
        const {rows} = this.where;
        const place = rows === "services" ? {} : {row_id: false, area_id: false};
        return this.choose({...place, rows: "services", show: what});
    }

    /** From a region or company on to one of its services. */
    openService(serviceId) {
        return this.choose({rows: "services", row_id: serviceId});
    }

    async openPlace(rowId, areaId) {
        if (this.isOpen(rowId, areaId)) {
            return this.closePlace();
        }
        Object.assign(this.where, {row_id: rowId, area_id: areaId});
        const place = await this.keepLast.add(this.fetchPlace(this.state.data));
        Object.assign(this.state, {place, items: null});
        this.keepInAddress();
    }

    closePlace() {
        Object.assign(this.where, {row_id: false, area_id: false});
        Object.assign(this.state, {place: null, items: null});
        this.keepInAddress();
    }

    async toggleItems(statementId) {
        if (this.state.items?.statement_id === statementId) {
            this.state.items = null;
            return;
        }
        const {row, area} = this.state.place;
        const items = await this.keepLast.add(
            this.ask("get_items", [row.id, area.id, statementId])
        );
        this.state.items = {...items, statement_id: statementId};
    }

    openItem(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dupq.evidence",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openList() {
        const {row, area} = this.state.place;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: `${row.name}, ${area.name}`,
            res_model: "dupq.evidence",
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
            domain: this.state.items.domain,
        });
    }

    add(statement) {
        const where = {
            serviceId: this.state.place.row.id,
            statementId: statement.id,
            perspectiveId: this.where.perspective_id,
        };
        return addEvidence(this.action, where, () => this.load());
    }

    print() {
        window.print();
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && this.state.place) {
            ev.stopPropagation();
            this.closePlace();
        }
    }

    /** Arrows go from cell to cell, as in a sheet. */
    onTableKeydown(ev) {
        const cell = ev.target.closest("[data-line]");
        const step = STEPS[ev.key];
        if (!cell || !step) {
            return;
        }
        const line = Number(cell.dataset.line) + step[0];
        const column = Number(cell.dataset.column) + step[1];
        const next = ev.currentTarget.querySelector(
            `[data-line="${line}"][data-column="${column}"]`
        );
        if (next) {
            ev.preventDefault();
            next.focus();
        }
    }
}

registry.category("actions").add("dupq_coverage_map", CoverageMap);
