"use strict";
exports.id = 264;
exports.ids = [264];
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