/**
 * The round through all answers of a desk: bid by bid, question by question.
 *
 * A desk has `bids` and `criteria` (each with an `id`), and two lists of pairs
 * [bid id, criterion id]: `done`, that have a score and a comment, and `blank`, in
 * which the bidder wrote nothing, so that nobody has to score them. A place is the
 * number of an answer in the round, from 0.
 */

/** How many answers there are. */
export function countPlaces(desk) {
    return desk.bids.length * desk.criteria.length;
}

/** Which bid and which question, as [bid number, question number], are at a place. */
export function locate(desk, place) {
    const count = desk.criteria?.length || 1;
    return [Math.floor(place / count), place % count];
}

/** Whether the list has this answer. */
export function includes(pairs, bidId, criterionId) {
    return pairs.some(([bid, criterion]) => bid === bidId && criterion === criterionId);
}

/** How many answers need a score, in one bid or in all. */
export function countToScore(desk, bidId = undefined) {
    const total = bidId === undefined ? countPlaces(desk) : desk.criteria.length;
    return total - desk.blank.filter(isOf(bidId)).length;
}

/** How many of those have one. */
export function countDone(desk, bidId = undefined) {
    return desk.done
        .filter(isOf(bidId))
        .filter((pair) => !includes(desk.blank, ...pair)).length;
}

function isOf(bidId) {
    return ([bid]) => bidId === undefined || bid === bidId;
}

/** The place of the next answer that needs a score, going round once. */
export function findNext(desk, from) {
    const total = countPlaces(desk);
    for (let step = 1; step <= total; step++) {
        const place = (from + step) % total;
        const [bid, criterion] = locate(desk, place);
        const pair = [desk.bids[bid].id, desk.criteria[criterion].id];
        if (!includes(desk.done, ...pair) && !includes(desk.blank, ...pair)) {
            return place;
        }
    }
    return undefined;
}

/** The list of those done, with this answer in it or not. */
export function withAnswer(done, bidId, criterionId, isDone) {
    const others = done.filter(
        ([bid, criterion]) => bid !== bidId || criterion !== criterionId
    );
    return isDone ? [...others, [bidId, criterionId]] : others;
}
