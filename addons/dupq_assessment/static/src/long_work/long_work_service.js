import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {groupBy} from "@web/core/utils/arrays";

// How often a person who stays on the page sees how far it is, in milliseconds.
export const LOOK = 4000;

/**
 * One look for everything on the page that goes on by itself, however many rows there
 * are: one question for each model, only while something goes on and somebody looks.
 */
export const longWorkService = {
    dependencies: ["orm"],
    start(env, {orm}) {
        const watched = new Set();
        let timer = null;
        let isAsking = false;

        function schedule() {
            browser.clearTimeout(timer);
            const isWanted = watched.size && document.visibilityState !== "hidden";
            timer = isWanted ? browser.setTimeout(look, LOOK) : null;
        }

        async function look() {
            if (isAsking) {
                return;
            }
            isAsking = true;
            try {
                const byModel = groupBy([...watched], (one) => one.resModel);
                await Promise.all(
                    Object.entries(byModel).map(([model, some]) => ask(model, some))
                );
            } catch (error) {
                console.warn("How far it is could not be asked", error);
            }
            isAsking = false;
            schedule();
        }

        async function ask(resModel, some) {
            const ids = [...new Set(some.map((one) => one.resId))].sort(
                (a, b) => a - b
            );
            const names = [...new Set(some.flatMap((one) => one.fields))];
            // What is gone since does not come back, and nobody is in trouble for it.
            const rows = await orm.silent.searchRead(
                resModel,
                [["id", "in", ids]],
                names
            );
            const byId = new Map(rows.map((row) => [row.id, row]));
            for (const one of some) {
                const values = byId.get(one.resId);
                if (!values) {
                    watched.delete(one);
                } else if (watched.has(one)) {
                    one.onSeen(values);
                }
            }
        }

        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden" || !watched.size) {
                schedule();
            } else {
                look();
            }
        });

        return {
            /**
             * @param {Object} one {resModel, resId, fields, onSeen}
             * @returns {Function} to look at it no longer
             */
            watch(one) {
                watched.add(one);
                if (timer === null) {
                    schedule();
                }
                return () => {
                    watched.delete(one);
                    if (!watched.size) {
                        schedule();
                    }
                };
            },
        };
    },
};

registry.category("services").add("dupq_long_work", longWorkService);
