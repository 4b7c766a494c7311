"use strict";
exports.id = 828;
exports.ids = [828];
exports.modules = {

/***/ 9828:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startBatch: () => (/* binding */ startBatch)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2357);
// EXTERNAL MODULE: ./lib/fivetran/naming.js
var naming = __webpack_require__(9902);
// EXTERNAL MODULE: ./lib/inputs.js
var lib_inputs = __webpack_require__(6107);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(9626);
// EXTERNAL MODULE: ./lib/report/results.js + 2 modules
var report_results = __webpack_require__(4600);
// EXTERNAL MODULE: ./lib/report/summary.js
var summary = __webpack_require__(6047);
;// CONCATENATED MODULE: ./lib/report/batch.js



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
        '| | Name | Service | Connection | Outcome | Link works until |',
        '| ---: | --- | --- | --- | --- | --- |',
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
    const { name, service, schema, table, connection_name, connection_id } = (0,report_results/* resultJson */.y3)(result);
    const connection = connection_name ?? [schema, table].filter(Boolean).join('.');
    const { error, card, outcome } = result;
    const cells = [
        String(number),
        name ? (0,markdown/* plain */.pj)(name) : '',
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
    for (const [index, { error }] of results.entries()) {
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
    return outcomes.size === 1 && only ? only : 'linked';
}

// EXTERNAL MODULE: ./lib/report/deliver.js
var deliver = __webpack_require__(8434);
;// CONCATENATED MODULE: ./lib/report/progress.js
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

// EXTERNAL MODULE: ./lib/fivetran/link.js
var fivetran_link = __webpack_require__(9190);
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

;// CONCATENATED MODULE: ./lib/batch/batch.js



/** Failures that would be the same for every request. */
const HOPELESS = ['unauthorized', 'rate-limited', 'network', 'proxy', 'tls'];
/** Failures that would be the same for every request in a group. */
const HOPELESS_GROUP = ['unknown-group', 'forbidden'];
/**
 * Makes links for many requests, in the order of the list but several at a time. One that fails
 * doesn't stop the others, unless they would fail alike: then they fail without being sent.
 * @param results filled in as requests come to their end, in the order of the list; what has no
 *   result yet hasn't, so that whoever is stopped can still tell
 */
async function makeLinks(requests, results, options) {
    const { connections, concurrency, stopped, onDone } = options;
    const names = requests.flatMap((request) => request.kind === 'named' ? (0,naming/* connectionName */.u7)(request.connection) : []);
    const listing = new Listing(connections, names);
    const log = quiet(options.log);
    const hopeless = new Map();
    let next = 0;
    const worker = async () => {
        for (let index = next++; index < requests.length && !stopped(); index = next++) {
            const request = requests[index];
            const group = request.kind === 'named' ? request.connection.groupId : '';
            const result = results[index];
            const known = hopeless.get('') ?? hopeless.get(group);
            if (known)
                Object.assign(result, { outcome: 'failed', error: known });
            else {
                await (0,fivetran_link/* makeLink */.f)(request, { ...options, log, lookUp: listing }, result);
            }
            const { error } = result;
            if (error && HOPELESS.includes(error.code))
                hopeless.set('', error);
            if (error && group && HOPELESS_GROUP.includes(error.code))
                hopeless.set(group, error);
            onDone(result);
        }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, worker));
}
/** A log for one among many: what is usual isn't worth a line. */
function quiet(log) {
    const { debug } = log;
    return { debug, info: debug, notice: debug, warning: (line) => log.warning(line) };
}

;// CONCATENATED MODULE: ./lib/batch/start.js








/** What a dry run would send, as far as anybody reads that in a log. */
const MOST_UNSENT = 50;
/** Makes many links and tells what became of each; gives whether all went well. */
async function startBatch(inputs, requests, surroundings) {
    const { options, cancellation, runner, env } = surroundings;
    const { concurrency } = inputs;
    runner.info(`${requests.length} links, at most ${concurrency} requests at a time.`);
    const results = requests.map(({ asked }) => ({ asked, outcome: 'failed' }));
    const progress = new Progress(requests.length, (line) => runner.info(line));
    const made = makeLinks(requests, results, {
        ...options,
        concurrency,
        stopped: () => cancellation.requested,
        onDone: (result) => progress.done(result),
        onUnsent: () => { },
    });
    await Promise.race([made, cancellation.over]);
    for (const result of results)
        cancellation.settle(result);
    (0,report_results/* setOutputs */.n0)(results, overall(results), runner, env);
    if (inputs.dryRun)
        runner.group('What would be sent', unsentLines(requests, results));
    runner.info(`Done: ${tally(results)}.`);
    runner.summary(batchSummary(results));
    reportFailures(results, runner);
    const commented = await commentAll(inputs, results, surroundings);
    return commented && results.every(({ error }) => !error);
}
/** One line for each request that a dry run holds back. */
function unsentLines(requests, results) {
    const lines = requests.flatMap((request, index) => {
        const { outcome, connection } = results[index];
        if (outcome !== 'dry-run')
            return [];
        if (connection)
            return `a card for ${connection.name} (${connection.id})`;
        if (request.kind === 'existing')
            return `a card for ${request.connectionId}`;
        const { service, groupId } = request.connection;
        return `a connection: ${service} as ${(0,naming/* connectionName */.u7)(request.connection)} in ${groupId}`;
    });
    const more = lines.length - MOST_UNSENT;
    return more > 0 ? [...lines.slice(0, MOST_UNSENT), `and ${more} more`] : lines;
}
/** Comments the links where there is an issue; gives whether that went well. */
async function commentAll(inputs, results, surroundings) {
    const { env, runner, cancellation } = surroundings;
    if (!(0,lib_inputs/* mayComment */.zm)(inputs, env) || cancellation.requested)
        return true;
    try {
        const { commentOnIssue } = await Promise.all(/* import() */[__webpack_require__.e(137), __webpack_require__.e(142)]).then(__webpack_require__.bind(__webpack_require__, 142));
        await commentOnIssue(inputs, results, surroundings);
        return true;
    }
    catch (thrown) {
        (0,deliver/* reportError */.N)((0,errors/* asLinkError */.Lx)(thrown), runner);
        return false;
    }
}


/***/ })

};
;