import {_t} from "@web/core/l10n/translation";

export const FEELINGS = [
    {value: "good", words: _t("Good"), picture: "smiling-face-with-smiling-eyes"},
    {value: "mixed", words: _t("In between"), picture: "neutral-face"},
    {value: "not_yet", words: _t("Not good yet"), picture: "worried-face"},
];
export const WORKINGS = [
    {value: "working", words: _t("Working"), picture: "thumbs-up"},
    {value: "not_working", words: _t("Not working"), picture: "thumbs-down"},
];

export function pictureUrl(name) {
    return `/dupq_code/static/lib/fluent-emoji/${name}.svg`;
}

/** The server's items, and those that it has not told us of yet. */
export function mergeItems(items, unsent) {
    const known = new Set(items.map(({key}) => key));
    const added = unsent.filter(
        ({kind, key}) => kind !== "attendance" && !known.has(key)
    );
    return [...added.map((item) => ({...item, isWaiting: true})), ...items];
}

/** How many voices a group has, on one question and on all of them. */
export function countVoices(counts, unsent, groupId, questionId) {
    let onQuestion = 0;
    let inAll = 0;
    const rows = [
        ...counts,
        ...unsent
            .filter(({kind}) => kind === "voice")
            .map((item) => [item.question_id, item.group_id, 1]),
    ];
    for (const [question, group, count] of rows) {
        if (group === groupId) {
            inAll += count;
            onQuestion += question === questionId ? count : 0;
        }
    }
    return {onQuestion, inAll};
}

/** Who is here, with what they have said; their order never changes while people talk. */
export function describeSpeakers({groups, news, unsent, questionId}) {
    const here = Object.fromEntries(
        news.attendance.map(({group_id, number}) => [group_id, number])
    );
    for (const item of unsent.filter(({kind}) => kind === "attendance")) {
        here[item.group_id] = item.number;
    }
    const known = new Set(news.items.map(({key}) => key));
    const added = unsent.filter(({key}) => !known.has(key));
    return groups
        .map((group) => ({
            ...group,
            number: here[group.id] || 0,
            ...countVoices(news.counts, added, group.id, questionId),
        }))
        .filter(({number, inAll}) => number || inAll);
}

/** In words, for those who do not see shapes, and for the whole room. */
export function speakerWords({onQuestion, inAll}) {
    if (onQuestion) {
        return onQuestion === 1 ? _t("1 voice") : _t("%s voices", onQuestion);
    }
    return inAll ? _t("not yet on this") : _t("not heard yet");
}

export function silentWords(speakers) {
    if (!speakers.length) {
        return "";
    }
    const silent = speakers.filter(({onQuestion}) => !onQuestion);
    if (!silent.length) {
        return _t("Every group here has spoken on this question.");
    }
    const names = silent.map(({name}) => name).join(", ");
    return _t("Not heard yet on this question: %s", names);
}

const CONNECTION = {
    lost: _t(
        "The connection is lost. Go on writing: it stays in this browser and is sent when the connection is back."
    ),
    signed_out: _t(
        "You have been signed out. What you wrote is kept here: sign in again in another tab and it is sent."
    ),
    busy: _t("The server has not answered yet. What you wrote is kept and sent again."),
};

/** A plain sentence when something is not as it should be, else nothing. */
export function connectionWords(state, count) {
    if (state === "calm") {
        return "";
    }
    if (!count) {
        return CONNECTION[state];
    }
    const waiting = count === 1 ? _t("1 is waiting.") : _t("%s are waiting.", count);
    return `${CONNECTION[state]} ${waiting}`;
}
