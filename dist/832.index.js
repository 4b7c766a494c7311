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
/** Between two lines. */
const INTERVAL_MS = 5000;
/** Logs a batch's progress: every few seconds at most, and only when there is something new. */
class Progress {
    #total;
    #log;
    #now;
    #started;
    #last;
    #done = 0;
    #failed = 0;
    constructor(total, log, now = Date.now) {
        this.#total = total;
        this.#log = log;
        this.#now = now;
        this.#started = now();
        this.#last = this.#started;
    }
    /** One more request has finished. */
    done({ outcome }) {
        this.#done += 1;
        if (outcome === 'failed')
            this.#failed += 1;
        const now = this.#now();
        if (now - this.#last < INTERVAL_MS || this.#done === this.#total)
            return;
        this.#last = now;
        const rate = this.#done / ((now - this.#started) / 1000);
        const left = this.#total - this.#done;
        this.#log(`${this.#done} of ${this.#total} done, ${this.#failed} failed; ${rate.toFixed(1)} a second, ${left} left, about ${Math.ceil(left / rate)} s.`);
    }
}
/** A log for many requests: one line every few seconds at most; the rest is for debugging. */
function calm(log, now = Date.now) {
    let last = Number.NEGATIVE_INFINITY;
    return {
        debug: log.debug,
        info: (line) => {
            if (now() - last < INTERVAL_MS)
                return log.debug(line);
            last = now();
            log.info(line);
        },
    };
}


/***/ }),

/***/ 6832:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


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


const HOUR_MS = 3_600_000;
/** The part of an account's hourly requests from which on a batch holds back. */
const RESERVE = 0.1;
/**
 * Slows a batch down before Fivetran refuses it. Its limit is for a rolling hour, and the responses
 * say how much of it is left. When that is little, and less than what is still to be sent, requests
 * go out no faster than the limit is replenished, as far as max-wait allows; other users of the
 * account have a share left. When one request is refused the others wait with it.
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
     * Resolves when the next request may be sent: at once, where waiting doesn't fit in max-wait.
     * @throws LinkError `cancelled` when the run is cancelled while it waits
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
            throw (0,errors/* cancelled */.KW)('The run was cancelled before this was sent.');
    }
    /**
     * Learns from a response: `X-Rate-Limit` requests an hour, `X-Rate-Limit-Remaining` of them left,
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
        this.#interval = scarce ? Math.min(HOUR_MS / limit, affordable) : 0;
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


/** Transport options for many requests: several sockets, a pace, and a calm log. */
function traffic(requests, sockets, { budget, log }) {
    return { sockets, pace: new RatePacer(requestsFor(requests), budget), log: (0,progress/* calm */._)(log) };
}


/***/ })

};
;