"use strict";
exports.id = 139;
exports.ids = [139];
exports.modules = {

/***/ 3139:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startFollowUp: () => (/* binding */ startFollowUp)
});

// EXTERNAL MODULE: ./lib/github/context.js + 1 modules
var context = __webpack_require__(3909);
// EXTERNAL MODULE: ./lib/github/open.js + 2 modules
var github_open = __webpack_require__(3750);
// EXTERNAL MODULE: ./lib/report/deliver.js
var deliver = __webpack_require__(8434);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(9626);
;// CONCATENATED MODULE: ./lib/report/follow-up.js

/** One issue's result as the outputs `results` and `results-file` have it. */
function followUpJson(result) {
    const { issue, outcome, changed, connectionId, setupState, card, commentUrl, error } = result;
    return {
        issue,
        outcome,
        changed,
        connection_id: connectionId ?? null,
        setup_state: setupState ?? null,
        link: card?.link ?? null,
        expires_at: card?.expiresAt.toISOString() ?? null,
        comment_url: commentUrl ?? null,
        error: error ? { code: error.code, message: error.message } : null,
    };
}
const OUTCOMES = {
    waiting: 'Waiting for the customer',
    connected: 'Connected',
    broken: 'Broken',
    expired: 'The link has expired',
    gone: 'The connection was deleted',
    'bad-record': 'No valid record of an approval',
    failed: 'Failed',
};
/** The job summary of a follow-up: a table of all issues, and what one would have to do. */
function followUpSummary(results) {
    const rows = results.map(({ issue, outcome, changed, connectionId, card, commentUrl, error }) => {
        const number = commentUrl ? `[${issue}](<${commentUrl}>)` : String(issue);
        const fresh = card ? `, fresh link until ${(0,markdown/* readableTime */.GI)(card.expiresAt)}` : '';
        const why = error ? `: ${(0,markdown/* plain */.pj)(error.message)} (${(0,markdown/* code */.aY)(error.code)})` : '';
        const id = connectionId ? (0,markdown/* code */.aY)(connectionId) : '';
        return `| ${number} | ${OUTCOMES[outcome]}${fresh}${why} | ${id} | ${changed ? 'yes' : ''} |`;
    });
    const table = ['| Issue | | Connection id | Changed |', '| ---: | --- | --- | --- |', ...rows];
    const nothing = 'There is no open issue with the approving label.';
    return ['## Connect Card Link: follow-up', '', ...(rows.length > 0 ? table : [nothing]), ''].join('\n');
}

// EXTERNAL MODULE: ./lib/report/results.js + 2 modules
var report_results = __webpack_require__(4600);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2357);
// EXTERNAL MODULE: ./lib/onboard/job.js
var onboard_job = __webpack_require__(4511);
// EXTERNAL MODULE: ./lib/report/comment.js
var comment = __webpack_require__(3782);
;// CONCATENATED MODULE: ./lib/follow-up/settle.js



/**
 * Brings one issue up to date with its connection. Reads before it writes, and writes only what
 * isn't so already. Never throws: a failure is a result, and doesn't concern the other issues.
 */
async function settle(issue, job) {
    const result = { issue: issue.number, outcome: 'failed', changed: false };
    try {
        const thread = job.place.threadOf(issue.number);
        await thread.read();
        const record = thread.latest?.record;
        if (record?.kind === 'made')
            await follow(issue, record, thread, result, job);
        else
            result.outcome = 'bad-record';
        const url = thread.latest?.comment.url;
        if (url)
            result.commentUrl = url;
    }
    catch (error) {
        result.error = (0,errors/* asLinkError */.Lx)(error);
        result.outcome = 'failed';
    }
    return result;
}
async function follow(issue, made, thread, result, job) {
    const { inputs } = job;
    const subject = (0,onboard_job/* subjectOf */.et)(made);
    result.connectionId = made.connection;
    const tell = async (record, text) => {
        if (record.state === made.state && record.expires === made.expires)
            return;
        await change(result, job, () => thread.say(record, text));
    };
    const state = await stateOf(made, job);
    if (state === 'gone') {
        result.outcome = 'gone';
        return tell({ ...made, state, expires: 0 }, (0,comment/* goneText */.LJ)(subject, inputs.label));
    }
    result.setupState = state;
    if (state === 'connected') {
        result.outcome = 'connected';
        await tell({ ...made, state, expires: 0 }, (0,comment/* connectedText */.tZ)(subject));
        return finish(issue, result, job);
    }
    if (state === 'broken') {
        result.outcome = 'broken';
        return tell({ ...made, state, expires: 0 }, (0,comment/* brokenText */.vO)(subject));
    }
    const works = made.state === 'ready' && thread.date < made.expires;
    result.outcome = works || made.state === 'failed' ? 'waiting' : 'expired';
    if (works)
        return;
    if (inputs.renewLinks)
        return renew(made, thread, result, job);
    if (result.outcome === 'waiting')
        return;
    await tell({ ...made, state: 'expired', expires: 0 }, (0,comment/* expiredText */.JC)(subject));
}
/** The setup state; of those who are through it isn't asked again. */
async function stateOf({ connection, state }, { connections }) {
    if (state === 'connected' || state === 'gone')
        return state;
    try {
        return (await connections.get(connection)).setupState ?? 'incomplete';
    }
    catch (error) {
        if (error instanceof errors/* LinkError */.R6 && error.code === 'unknown-connection')
            return 'gone';
        throw error;
    }
}
/** A fresh link in place of one that has expired. */
async function renew(made, thread, result, job) {
    await change(result, job, async () => {
        const card = await job.connections.makeCard(made.connection, job.inputs.card);
        job.onCard(card);
        result.card = card;
        const text = (await job.place.mayShowLink())
            ? (0,comment/* linkText */.yX)((0,onboard_job/* subjectOf */.et)(made), card, true)
            : (0,comment/* handedOverText */.eK)((0,onboard_job/* subjectOf */.et)(made), card);
        await thread.say({ ...made, state: 'ready', expires: card.expiresAt.getTime() }, text);
    });
}
/** Labels and closes an issue that is connected. */
async function finish(issue, result, job) {
    const { repository } = job.place;
    const { connectedLabel: label, closeConnected } = job.inputs;
    const has = issue.labels.some((one) => one.toLowerCase() === label.toLowerCase());
    if (label && !has)
        await change(result, job, () => repository.addLabel(issue.number, label));
    if (closeConnected)
        await change(result, job, () => repository.closeIssue(issue.number));
}
async function change(result, { dryRun }, write) {
    if (!dryRun)
        await write();
    result.changed = true;
}

;// CONCATENATED MODULE: ./lib/follow-up/follow-up.js


const CANCELLED = new errors/* LinkError */.R6('cancelled', 'The run was told to stop before this was begun.', 'Run the job again: it goes on with the rest.');
/** Failures that would be the same for every issue. */
const HOPELESS = [
    'unauthorized',
    'github-forbidden',
    'rate-limited',
    'network',
    'proxy',
    'tls',
];
/**
 * Brings all open issues with the approving label up to date. One that fails doesn't stop the others,
 * unless they would fail alike.
 * @param results filled in as issues are done
 * @throws LinkError when the issues can't be listed
 */
async function followUp(results, options) {
    const { log, concurrency } = options;
    const issues = await issuesToFollow(options);
    log.info(`Following up ${count(issues.length, 'issue')}.`);
    let hopeless;
    const waiting = [...issues];
    const worker = async () => {
        for (let issue = waiting.shift(); issue; issue = waiting.shift()) {
            if (options.stopped())
                hopeless ??= CANCELLED;
            const result = hopeless
                ? { issue: issue.number, outcome: 'failed', changed: false, error: hopeless }
                : await settle(issue, options);
            results.push(result);
            if (result.error && HOPELESS.includes(result.error.code))
                hopeless ??= result.error;
            tell(result, hopeless, log);
        }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, issues.length) }, worker));
}
async function issuesToFollow(options) {
    const { place, inputs, issueNumber, log } = options;
    if (issueNumber === undefined) {
        const issues = await place.repository.openIssues(inputs.label);
        // A list that changes while its pages are read may name an issue twice.
        return [...new Map(issues.map((issue) => [issue.number, issue])).values()];
    }
    const issue = await place.repository.issue(issueNumber);
    const labelled = issue.labels.some((one) => one.toLowerCase() === inputs.label.toLowerCase());
    if (issue.open && labelled && !issue.pullRequest)
        return [issue];
    log.notice(`Issue ${issueNumber} isn't an open issue with the label ${inputs.label}.`);
    return [];
}
function tell({ issue, outcome, changed, error }, hopeless, log) {
    // Said once for all of them, at the end.
    if (error && error === hopeless)
        return;
    if (error)
        log.warning(`Issue ${issue}: ${error.message} (${error.code})`);
    else if (changed)
        log.info(`Issue ${issue}: ${outcome}, and now says so.`);
}
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/follow-up/start.js






/** Follows up the repository's issues and tells of each; gives whether all went well. */
async function startFollowUp(inputs, task, surroundings) {
    const { runner, env, cancellation } = surroundings;
    const results = [];
    await Promise.race([start_follow(inputs, task, surroundings, results), cancellation.over]);
    results.sort((a, b) => a.issue - b.issue);
    const errors = new Set(results.flatMap(({ error }) => error ?? []));
    const outcome = errors.size > 0 ? 'failed' : inputs.dryRun ? 'dry-run' : 'followed-up';
    (0,report_results/* setResults */.PC)(results.map(followUpJson), outcome, runner, env);
    runner.summary(followUpSummary(results));
    for (const error of errors)
        (0,deliver/* reportError */.N)(error, runner);
    return errors.size === 0;
}
async function start_follow({ github, apiSecret, timeout, concurrency, dryRun }, inputs, { env, options, cancellation }, results) {
    const access = { ...github, context: new context/* Context */.o(), apiSecret, timeout };
    const place = await (0,github_open/* openRepository */.h)(access, { ...options, env, sockets: concurrency });
    try {
        await followUp(results, {
            inputs,
            connections: options.connections,
            place,
            dryRun,
            onCard: options.onCard,
            issueNumber: github.issueNumber,
            concurrency,
            log: options.log,
            stopped: () => cancellation.requested,
        });
    }
    finally {
        await place.close();
    }
}


/***/ })

};
;