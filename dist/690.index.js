"use strict";
exports.id = 690;
exports.ids = [690,264];
exports.modules = {

/***/ 4833:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ CircuitBreaker)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3183);

/** Failures that would be the same for every request: one is enough. */
const FOR_ALL = new Set([
    'unauthorized',
    'github-unauthorized',
    'rate-limited',
    'proxy',
    'tls',
]);
/** Failures that would be the same for every request in a scope, such as a group. */
const FOR_SCOPE = new Set(['unknown-group', 'forbidden']);
/** GitHub's refusals: one may concern a single issue, the same twice in a row concerns all. */
const BY_GITHUB = new Set(['github-forbidden', 'issue-locked', 'issue-gone']);
/** Failures of the network, or of the server as a whole. */
const OUTAGE = new Set([
    'timeout',
    'network',
    'server-error',
    'bad-answer',
    'create-unknown',
    'github-failed',
]);
const SAME_REFUSALS = 2;
/** One may be bad luck; this many, with no success in between, are an outage. */
const OUTAGE_FAILURES = 10;
/** Knows what isn't worth sending any more, because it would fail like what was sent before. */
class CircuitBreaker {
    #forAll;
    #forScope = new Map();
    #outageFailures = 0;
    #sameRefusals = 0;
    #last;
    /**
     * The error of work that would fail anyway; undefined for work that is worth beginning.
     * @param scope what the work has in common with other work: its group
     */
    refusal(scope) {
        return this.#forAll ?? (scope === undefined ? undefined : this.#forScope.get(scope));
    }
    /** Learns from the outcome of work that was begun: its error, or undefined for a success. */
    observe(error, scope) {
        const last = this.#last;
        this.#last = error;
        // Those that wait for one listing fail with it, together: that counts once.
        if (error && error === last)
            return;
        const isOutage = error !== undefined && OUTAGE.has(error.code);
        this.#outageFailures = isOutage ? this.#outageFailures + 1 : 0;
        const isRefusal = error !== undefined && BY_GITHUB.has(error.code);
        const isSame = error?.code === last?.code && error?.message === last?.message;
        this.#sameRefusals = isRefusal ? (isSame ? this.#sameRefusals + 1 : 1) : 0;
        if (error)
            this.#open(error, scope);
    }
    #open(error, scope) {
        if (FOR_ALL.has(error.code) || this.#sameRefusals >= SAME_REFUSALS) {
            this.#forAll ??= new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NotBegun */ .TI(error);
        }
        if (this.#outageFailures >= OUTAGE_FAILURES) {
            const story = `${OUTAGE_FAILURES} requests in a row have failed, the last one like this: ${error.message}`;
            this.#forAll ??= new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NotBegun */ .TI(error, story);
        }
        if (scope !== undefined && FOR_SCOPE.has(error.code) && !this.#forScope.has(scope)) {
            this.#forScope.set(scope, new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .NotBegun */ .TI(error));
        }
    }
}


/***/ }),

/***/ 4690:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  linkMany: () => (/* binding */ linkMany)
});

;// CONCATENATED MODULE: ./lib/fivetran/listing.js
/** Lists each group once, and answers every look-up in it from that listing. */
class Listing {
    #connections;
    #isWanted;
    #groups = new Map();
    /** @param isWanted for connections of which names the listing is needed; others aren't kept */
    constructor(connections, isWanted = () => true) {
        this.#connections = connections;
        this.#isWanted = isWanted;
    }
    /**
     * What a group had of exactly that name when it was listed.
     * @throws LinkError when the group can't be listed, the same one for each who asks
     */
    async named(groupId, name) {
        const { byName, date } = await this.#listed(groupId);
        return { connections: byName.get(name) ?? [], date };
    }
    /** All wanted connections of a group when it was listed. */
    async all(groupId) {
        const { byName, date } = await this.#listed(groupId);
        return { connections: [...byName.values()].flat(), date };
    }
    #listed(groupId) {
        let group = this.#groups.get(groupId);
        if (!group) {
            group = this.#list(groupId);
            this.#groups.set(groupId, group);
        }
        return group;
    }
    async #list(groupId) {
        const byName = new Map();
        let date = Number.NaN;
        for await (const page of this.#connections.pages(groupId, { limit: '1000' })) {
            date = Number.isNaN(date) ? page.date : date;
            for (const connection of page.connections) {
                if (!this.#isWanted(connection.name))
                    continue;
                const alike = byName.get(connection.name);
                if (alike)
                    alike.push(connection);
                else
                    byName.set(connection.name, [connection]);
            }
        }
        return { byName, date };
    }
}

// EXTERNAL MODULE: ./lib/inputs/read-inputs.js
var read_inputs = __webpack_require__(2402);
// EXTERNAL MODULE: ./lib/model/connection.js
var connection = __webpack_require__(8872);
// EXTERNAL MODULE: ./lib/model/errors.js
var errors = __webpack_require__(3183);
// EXTERNAL MODULE: ./lib/model/link.js
var model_link = __webpack_require__(1372);
// EXTERNAL MODULE: ./lib/operations/circuit-breaker.js
var circuit_breaker = __webpack_require__(4833);
// EXTERNAL MODULE: ./lib/operations/report-result.js
var report_result = __webpack_require__(4463);
// EXTERNAL MODULE: ./lib/operations/results-so-far.js
var results_so_far = __webpack_require__(392);
// EXTERNAL MODULE: ./lib/operations/workers.js
var workers = __webpack_require__(2648);
// EXTERNAL MODULE: ./lib/operations/link/make-link.js
var make_link = __webpack_require__(2069);
// EXTERNAL MODULE: ./lib/operations/link/progress.js
var link_progress = __webpack_require__(1629);
;// CONCATENATED MODULE: ./lib/operations/link/batch.js











/**
 * Makes many links, comments them where the run has an issue, and reports each.
 * @returns whether all went well
 */
async function linkMany(requests, inputs, context) {
    const { runner, cancellation, maskCard } = context;
    runner.info(`${requests.length} links, at most ${inputs.concurrency} requests at a time.`);
    const soFar = new results_so_far/* ResultsSoFar */.I(requests.map(({ target }) => target), maskCard);
    await Promise.race([makeLinks(requests, inputs, context, soFar), cancellation.over]);
    const results = soFar.cancelled();
    const unchanged = countUnchanged(requests, results);
    if (unchanged > 0) {
        runner.notice(`Existing connections stay as they are: config and settings are ignored for ${unchanged} of them.`);
    }
    return (0,report_result/* reportResults */.zO)(results, await comment(results, inputs, context), context);
}
/**
 * Makes links for many requests, in the order of the list but several at a time. One that fails
 * doesn't stop the others, unless they would fail alike: then they fail without being sent.
 */
async function makeLinks(requests, inputs, { runner, cancellation, connections, budget }, results) {
    const names = new Set(requests.map((request) => request.kind === 'named' && (0,connection/* connectionName */.u)(request.connection)));
    const lookUp = new Listing(connections, (name) => names.has(name));
    const making = { connections, lookUp, budget, policy: inputs, log: quiet(runner) };
    const progress = new link_progress/* Progress */.k(requests.length, (line) => runner.info(line));
    const breaker = new circuit_breaker/* CircuitBreaker */.a();
    const work = async (request, index) => {
        const group = request.kind === 'named' ? request.connection.groupId : undefined;
        const refusal = breaker.refusal(group);
        let result;
        if (refusal)
            result = { target: request.target, outcome: 'failed', error: refusal };
        else {
            result = await (0,make_link/* makeLink */.f)(request, making, results.begin(index));
            breaker.observe((0,model_link/* errorOf */.Mz)(result), group);
        }
        results.finish(index, result);
        progress.done(result);
    };
    const stopped = () => cancellation.requested;
    await (0,workers/* inParallel */.H)(requests, inputs.concurrency, work, { stopped });
}
/** A log for one among many: its details are for those who look for them. */
function quiet({ debug }) {
    return { info: debug, notice: debug, warning: debug };
}
/** How many existed already, while the request says how a new one would be. */
function countUnchanged(requests, results) {
    return requests.filter((request, index) => {
        if (request.kind === 'existing' || results[index]?.created !== false)
            return false;
        const { config, settings } = request.connection;
        return Object.keys({ ...config, ...settings }).length > 0;
    }).length;
}
/** Comments the links where the run has an issue. A failure there is one of the whole run. */
async function comment(results, inputs, context) {
    if (!(0,read_inputs/* mayComment */.zm)(inputs, context.env) || context.cancellation.requested)
        return {};
    // Whatever happens to the comment, the links aren't lost.
    (0,report_result/* outputResults */.Qg)(results, {}, context);
    try {
        const { handOver } = await __webpack_require__.e(/* import() */ 262).then(__webpack_require__.bind(__webpack_require__, 7262));
        return { commentUrl: await handOver(results, inputs, context) };
    }
    catch (thrown) {
        return { error: (0,errors/* asLinkError */.Lx)(thrown) };
    }
}


/***/ }),

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

/***/ 2648:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inParallel)
/* harmony export */ });
/**
 * Works through items in order, several at a time.
 * @param concurrency how many are in progress at most
 * @param stopped asked before each item: once true, no further one is begun
 * @throws whatever `work` threw first, after what was in progress has ended; nothing is begun then
 */
async function inParallel(items, concurrency, work, { stopped }) {
    const queue = items.entries();
    const thrown = [];
    const worker = async () => {
        // The workers share one iterator, so that each item goes to one of them.
        while (thrown.length === 0 && !stopped()) {
            const { value, done } = queue.next();
            if (done)
                return;
            const [index, item] = value;
            await work(item, index).catch((error) => thrown.push(error));
        }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
    if (thrown.length > 0)
        throw thrown[0];
}


/***/ })

};
;