"use strict";
exports.id = 474;
exports.ids = [474];
exports.modules = {

/***/ 5474:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startBatch: () => (/* binding */ startBatch)
});

// EXTERNAL MODULE: ./lib/inputs/read-inputs.js
var read_inputs = __webpack_require__(2402);
// EXTERNAL MODULE: ./lib/model/errors.js
var errors = __webpack_require__(3183);
// EXTERNAL MODULE: ./lib/runner/outputs.js + 2 modules
var outputs = __webpack_require__(3530);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(9626);
// EXTERNAL MODULE: ./lib/report/summary.js
var summary = __webpack_require__(6047);
;// CONCATENATED MODULE: ./lib/report/batch-summary.js




/**
 * GitHub shows a step's summary up to 1024 KiB, and nothing of a longer one:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MOST_BYTES = 1_000_000;
/** The job summary of many requests: how many came out how, and a table as long as GitHub allows. */
function batchSummary(results, most = MOST_BYTES) {
    const head = [
        '## Connect Card Link',
        '',
        `${results.length} requests: ${tally(results)}.`,
        "The links are in the step's outputs `results` and `results-file`. They aren't shown here: whoever has one can connect its source.",
        '',
        '| | Name | Group | Service | Connection | Outcome | Link works until |',
        '| ---: | --- | --- | --- | --- | --- | --- |',
    ];
    const lines = [];
    let bytes = Buffer.byteLength(head.join('\n')) + 200;
    for (const [index, result] of results.entries()) {
        const line = row(index + 1, result);
        bytes += Buffer.byteLength(line) + 1;
        if (bytes > most) {
            const more = results.length - index;
            lines.push('', `${more} more rows don't fit into a summary; they are in \`results-file\`.`);
            break;
        }
        lines.push(line);
    }
    return [...head, ...lines, ''].join('\n');
}
function row(number, result) {
    const known = (0,outputs/* resultJson */.y3)(result);
    const { name, group_id, service, schema, table, connection_name, connection_id } = known;
    const connection = connection_name ?? [schema, table].filter(Boolean).join('.');
    const { error, card, outcome } = result;
    const cells = [
        String(number),
        name ? (0,markdown/* plain */.pj)(name) : '',
        group_id ? (0,markdown/* code */.aY)(group_id) : '',
        service ? (0,markdown/* code */.aY)(service) : '',
        [connection, connection_id]
            .filter(Boolean)
            .map((part) => (0,markdown/* code */.aY)(String(part)))
            .join(' '),
        error ? `Failed: ${(0,markdown/* plain */.pj)(error.message)} (${(0,markdown/* code */.aY)(error.code)})` : summary/* OUTCOMES */.i[outcome],
        card ? (0,markdown/* readableTime */.GI)(card.expiresAt) : '',
    ];
    return `| ${cells.join(' | ')} |`;
}
/** GitHub shows ten errors of a step as annotations; the rest is in the summary. */
const MOST_ERRORS = 10;
/** Says what failed as annotations; what failed for many alike is said once. */
function reportFailures(results, runner) {
    const failures = new Map();
    for (const [index, result] of results.entries()) {
        const error = result.error instanceof errors/* NotBegun */.TI ? result.error.reason : result.error;
        if (!error)
            continue;
        const failure = failures.get(error.message) ?? { error, rows: [] };
        failure.rows.push(index + 1);
        failures.set(error.message, failure);
    }
    for (const { error, rows } of [...failures.values()].slice(0, MOST_ERRORS)) {
        const which = rows.length === 1 ? `Request ${rows[0]}` : `${rows.length} requests, from ${rows[0]} on`;
        runner.error(`${which}: ${error.message} ${error.fix} (${error.code})`, 'Connect Card Link failed');
    }
    const more = failures.size - MOST_ERRORS;
    if (more > 0)
        runner.info(`${more} more failures are in the summary.`);
}
/** How many came out how: `98 linked, 2 failed`. */
function tally(results) {
    const counts = new Map();
    for (const { outcome } of results)
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}
/** What a batch came to as a whole: failed when anything has, and what all have in common. */
function overall(results) {
    const outcomes = new Set(results.map(({ outcome }) => outcome));
    const [only] = outcomes;
    if (outcomes.has('failed'))
        return 'failed';
    if (outcomes.has('dry-run'))
        return 'dry-run';
    return outcomes.size === 1 && only ? only : 'linked';
}

// EXTERNAL MODULE: ./lib/report/dry-run.js
var dry_run = __webpack_require__(6498);
// EXTERNAL MODULE: ./lib/model/connection.js
var model_connection = __webpack_require__(8872);
;// CONCATENATED MODULE: ./lib/report/dry-run-many.js

/** What anybody reads in a log. */
const MOST_LINES = 50;
const MOST_NAMES = 5;
/**
 * What a dry run of many requests holds back, in few lines: alike ones together, by what they are,
 * their service and their group.
 */
function dryRunMany(requests, results) {
    const kinds = new Map();
    for (const [index, request] of requests.entries()) {
        const result = results[index];
        if (result?.outcome !== 'dry-run')
            continue;
        const [kind, name] = kindOf(request, result);
        const names = kinds.get(kind) ?? [];
        names.push(name);
        kinds.set(kind, names);
    }
    const lines = [...kinds].map(([kind, names]) => `${names.length} × ${kind}: ${some(names)}`);
    const more = lines.length - MOST_LINES;
    return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} more kinds`] : lines;
}
function kindOf(request, { connection }) {
    if (connection) {
        const { service, groupId, name, id } = connection;
        return [`a card for ${service} that is there in group ${groupId}`, `${name} (${id})`];
    }
    if (request.kind === 'existing')
        return ['a card', request.connectionId];
    const { service, groupId } = request.connection;
    return [`a new connection of ${service} in group ${groupId}`, (0,model_connection/* connectionName */.u)(request.connection)];
}
function some(names) {
    const more = names.length - MOST_NAMES;
    const shown = names.slice(0, MOST_NAMES).join(', ');
    return more > 0 ? `${shown} and ${more} more` : shown;
}

// EXTERNAL MODULE: ./lib/operations/report-result.js
var report_result = __webpack_require__(4463);
;// CONCATENATED MODULE: ./lib/fivetran/listing.js
/** Looks names up in one listing of each group, instead of asking for each name. */
class Listing {
    #connections;
    #wanted;
    #groups = new Map();
    /** @param wanted the names that will be looked up; others aren't kept */
    constructor(connections, wanted) {
        this.#connections = connections;
        this.#wanted = new Set(wanted);
    }
    /** What a group had of that name when it was listed. */
    async named(groupId, name) {
        let group = this.#groups.get(groupId);
        if (!group) {
            group = this.#list(groupId);
            this.#groups.set(groupId, group);
        }
        const { byName, date } = await group;
        return { connections: byName.get(name) ?? [], date };
    }
    async #list(groupId) {
        const byName = new Map();
        let date = Number.NaN;
        for await (const page of this.#connections.pages(groupId, { limit: '1000' })) {
            date = Number.isNaN(date) ? page.date : date;
            for (const connection of page.connections) {
                if (!this.#wanted.has(connection.name))
                    continue;
                byName.set(connection.name, [...(byName.get(connection.name) ?? []), connection]);
            }
        }
        return { byName, date };
    }
}

;// CONCATENATED MODULE: ./lib/operations/circuit-breaker.js

/** Failures that would be the same for every request. */
const FOR_ALL = ['unauthorized', 'rate-limited', 'proxy', 'tls'];
/** Failures that would be the same for every request in a group. */
const FOR_GROUP = ['unknown-group', 'forbidden'];
/** Failures of the way there, or of the other side as a whole. */
const OUTAGE = [
    'timeout',
    'network',
    'server-error',
    'bad-answer',
    'create-unknown',
];
/** One may be bad luck; this many, with no answer in between, are an outage. */
const IN_A_ROW = 10;
/** Knows what isn't worth sending any more, because it would fail like what was sent before. */
class CircuitBreaker {
    #forAll;
    #forGroup = new Map();
    #row = 0;
    #last;
    /** The error of a request that would fail anyway; undefined for one that is worth sending. */
    reason(group) {
        return this.#forAll ?? this.#forGroup.get(group ?? '');
    }
    /** Learns from what became of a request that was sent. */
    learn(error, group) {
        if (!error || !OUTAGE.includes(error.code))
            this.#row = 0;
        // Those who wait for one listing fail with it, together.
        else if (error !== this.#last)
            this.#row += 1;
        this.#last = error;
        if (!error)
            return;
        if (FOR_ALL.includes(error.code))
            this.#forAll ??= new errors/* NotBegun */.TI(error);
        else if (this.#row >= IN_A_ROW) {
            const story = `${IN_A_ROW} requests in a row have failed, the last like this: ${error.message}`;
            this.#forAll ??= new errors/* NotBegun */.TI(error, story);
        }
        if (group && FOR_GROUP.includes(error.code) && !this.#forGroup.has(group)) {
            this.#forGroup.set(group, new errors/* NotBegun */.TI(error));
        }
    }
}

// EXTERNAL MODULE: ./lib/operations/link/make-link.js
var make_link = __webpack_require__(2069);
;// CONCATENATED MODULE: ./lib/operations/link/many-links.js




/**
 * Makes links for many requests, in the order of the list but several at a time. One that fails
 * doesn't stop the others, unless they would fail alike: then they fail without being sent.
 * @param results filled in as requests come to their end, in the order of the list; what has no
 *   result yet hasn't, so that whoever is stopped can still tell
 */
async function makeLinks(requests, results, options) {
    const { connections, concurrency, stopped, onDone } = options;
    const names = requests.flatMap((request) => request.kind === 'named' ? (0,model_connection/* connectionName */.u)(request.connection) : []);
    const lookUp = new Listing(connections, names);
    const log = quiet(options.log);
    const breaker = new CircuitBreaker();
    let next = 0;
    const worker = async () => {
        for (let index = next++; index < requests.length && !stopped(); index = next++) {
            const request = requests[index];
            const result = results[index];
            const group = request.kind === 'named' ? request.connection.groupId : undefined;
            const error = breaker.reason(group);
            if (error)
                result.error = error;
            else {
                await (0,make_link/* makeLink */.f)(request, { ...options, log, lookUp }, result);
                breaker.learn(result.error, group);
            }
            onDone(result);
        }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, worker));
}
/** A log for one among many: its story is for those who look for it. */
function quiet(log) {
    const { debug } = log;
    return { debug, info: debug, notice: debug, warning: debug };
}

// EXTERNAL MODULE: ./lib/operations/link/progress.js
var link_progress = __webpack_require__(1629);
;// CONCATENATED MODULE: ./lib/operations/link/batch.js









/** Makes many links and tells what became of each; gives whether all went well. */
async function startBatch(inputs, requests, surroundings) {
    const { options, cancellation, runner, env } = surroundings;
    const { concurrency } = inputs;
    runner.info(`${requests.length} links, at most ${concurrency} requests at a time.`);
    const results = requests.map(({ asked }) => ({ asked, outcome: 'failed' }));
    const progress = new link_progress/* Progress */.k(requests.length, (line) => runner.info(line));
    const examples = new Map();
    const made = makeLinks(requests, results, {
        ...options,
        concurrency,
        stopped: () => cancellation.requested,
        onDone: (result) => progress.done(result),
        onDryRun: (request) => {
            const kind = /^\/v1\/\w+$/.test(request.path) ? 'connection' : 'card';
            if (!examples.has(kind))
                examples.set(kind, request);
        },
    });
    await Promise.race([made, cancellation.over]);
    for (const result of results)
        cancellation.settle(result);
    (0,outputs/* setOutputs */.n0)(results, overall(results), runner, env);
    if (inputs.dryRun) {
        runner.group('What would be sent', dryRunMany(requests, results));
        for (const one of examples.values())
            runner.group('The first of them', (0,dry_run/* dryRunRequest */.m)(one));
    }
    const unchanged = countUnchanged(requests, results);
    if (unchanged > 0) {
        runner.notice(`Connections that exist stay as they are: config and settings are ignored for ${unchanged} of them.`);
    }
    runner.info(`Done: ${tally(results)}.`);
    runner.summary(batchSummary(results));
    reportFailures(results, runner);
    const commented = await commentAll(inputs, results, surroundings);
    return commented && results.every(({ error }) => !error);
}
/** How many were there already, while the request says how a new one would be. */
function countUnchanged(requests, results) {
    return requests.filter((request, index) => {
        if (request.kind === 'existing' || results[index]?.created !== false)
            return false;
        const { config, settings } = request.connection;
        return Object.keys({ ...config, ...settings }).length > 0;
    }).length;
}
/** Comments the links where there is an issue; gives whether that went well. */
async function commentAll(inputs, results, surroundings) {
    const { env, runner, cancellation } = surroundings;
    if (!(0,read_inputs/* mayComment */.zm)(inputs, env) || cancellation.requested)
        return true;
    try {
        const { commentOnIssue } = await __webpack_require__.e(/* import() */ 151).then(__webpack_require__.bind(__webpack_require__, 8151));
        await commentOnIssue(inputs, results, surroundings);
        runner.outputs({ 'comment-url': results[0]?.commentUrl });
        return true;
    }
    catch (thrown) {
        runner.outputs({ outcome: 'failed' });
        (0,report_result/* reportError */.N)((0,errors/* asLinkError */.Lx)(thrown), runner);
        return false;
    }
}


/***/ }),

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


/***/ })

};
;