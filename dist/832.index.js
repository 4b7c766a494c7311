"use strict";
exports.id = 832;
exports.ids = [832];
exports.modules = {

/***/ 1629:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ calm),
/* harmony export */   k: () => (/* binding */ Progress)
/* harmony export */ });
/** Milliseconds between two lines. */
const INTERVAL = 5000;
/** Tells of a batch's progress in a log: now and then, and only when there is something new. */
class Progress {
    #total;
    #say;
    #now;
    #started;
    #last;
    #done = 0;
    #failed = 0;
    constructor(total, say, now = Date.now) {
        this.#total = total;
        this.#say = say;
        this.#now = now;
        this.#started = now();
        this.#last = this.#started;
    }
    /** One more request has come to its end. */
    done({ outcome }) {
        this.#done += 1;
        if (outcome === 'failed')
            this.#failed += 1;
        const now = this.#now();
        if (now - this.#last < INTERVAL || this.#done === this.#total)
            return;
        this.#last = now;
        const rate = this.#done / ((now - this.#started) / 1000);
        const left = this.#total - this.#done;
        this.#say(`${this.#done} of ${this.#total} done, ${this.#failed} failed; ${rate.toFixed(1)} a second, ${left} left, about ${Math.ceil(left / rate)} s.`);
    }
}
/** A log that says what many requests say at most every few seconds; the rest is for debugging. */
function calm(log, now = Date.now) {
    let last = Number.NEGATIVE_INFINITY;
    return {
        debug: log.debug,
        info: (line) => {
            if (now() - last < INTERVAL)
                return log.debug(line);
            last = now();
            log.info(line);
        },
    };
}


/***/ }),

/***/ 6832:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  traffic: () => (/* binding */ traffic)
});

// EXTERNAL MODULE: ./lib/operations/link/progress.js
var progress = __webpack_require__(1629);
// EXTERNAL MODULE: ./lib/http/retry.js
var retry = __webpack_require__(2639);
// EXTERNAL MODULE: ./lib/model/errors.js
var errors = __webpack_require__(3183);
;// CONCATENATED MODULE: ./lib/operations/link/rate-pacer.js


const HOUR = 3_600_000;
/** The part of an account's hourly requests from which on a batch holds back. */
const RESERVE = 0.1;
/**
 * Slows a batch down before Fivetran refuses it. Its limit is for an hour that rolls along, and the
 * answers say how much of it is left. When that is little, and less than what is still to be sent,
 * requests go out no faster than the limit comes back, as far as there is patience for it; others
 * who use the account have a share left. When one is refused the others wait with it.
 */
class RatePacer {
    #budget;
    #now;
    /** How many requests are still to be sent. */
    #todo;
    /** Milliseconds between two requests. */
    #interval = 0;
    /** When the next request may go out, in milliseconds. */
    #next = 0;
    constructor(todo, budget, now = Date.now) {
        this.#todo = todo;
        this.#budget = budget;
        this.#now = now;
    }
    /**
     * Resolves when the next request may be sent: at once, where there is no patience for more.
     * @throws LinkError `cancelled` when the run is told to stop while it waits
     */
    async acquire() {
        this.#todo -= 1;
        const now = this.#now();
        const wait = Math.max(0, this.#next - now);
        const fits = wait <= this.#budget.left;
        this.#next = (fits ? now + wait : now) + this.#interval;
        if (wait === 0 || !fits)
            return;
        await this.#budget.wait(wait);
        if (this.#budget.ended)
            throw (0,errors/* cancelled */.KW)('The run was told to stop before this was sent.');
    }
    /**
     * Learns from an answer: `X-Rate-Limit` requests an hour, `X-Rate-Limit-Remaining` of them left,
     * and `Retry-After` where one was refused.
     */
    observe({ headers, status, date }) {
        const now = this.#now();
        if (status === 429) {
            const hold = (0,retry/* retryAfter */.P9)(headers['retry-after']?.toString(), date ?? now) ?? 0;
            this.#next = Math.max(this.#next, now + hold);
        }
        const limit = Number(headers['x-rate-limit']);
        const remaining = Number(headers['x-rate-limit-remaining']);
        if (!(limit > 0) || !(remaining >= 0))
            return;
        const scarce = remaining < this.#todo && remaining < limit * RESERVE;
        const affordable = this.#budget.left / Math.max(1, remaining);
        this.#interval = scarce ? Math.min(HOUR / limit, affordable) : 0;
    }
}
/** How many requests many links take: a listing for each group, and one or two for each link. */
function requestsFor(requests) {
    const groups = new Set();
    let sum = 0;
    for (const request of requests) {
        if (request.kind === 'named')
            groups.add(request.connection.groupId);
        sum += request.kind === 'named' ? 1 : 2;
    }
    return sum + groups.size;
}

;// CONCATENATED MODULE: ./lib/operations/link/traffic.js


/** What a way to Fivetran needs for many requests: several sockets, a pace, and a log that is calm. */
function traffic(requests, sockets, { budget, log }) {
    return { sockets, pace: new RatePacer(requestsFor(requests), budget), log: (0,progress/* calm */._)(log) };
}


/***/ })

};
;