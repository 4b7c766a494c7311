export const id = 205;
export const ids = [205];
export const modules = {

/***/ 9205:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startFollowUp: () => (/* binding */ startFollowUp)
});

// EXTERNAL MODULE: ./lib/github/context.js + 1 modules
var context = __webpack_require__(3741);
// EXTERNAL MODULE: ./lib/github/open.js + 2 modules
var github_open = __webpack_require__(7642);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/onboard/job.js
var onboard_job = __webpack_require__(8678);
// EXTERNAL MODULE: ./lib/report/comment.js
var comment = __webpack_require__(7023);
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
 * Brings all open issues with the approving label up to date, oldest first in the results. One that
 * fails doesn't stop the others, unless they would fail alike.
 * @throws LinkError when the issues can't be listed
 */
async function followUp(options) {
    const { log, concurrency } = options;
    const issues = await issuesToFollow(options);
    log.info(`Following up ${count(issues.length, 'issue')}.`);
    const results = [];
    let hopeless;
    const waiting = [...issues];
    const worker = async () => {
        for (let issue = waiting.shift(); issue; issue = waiting.shift()) {
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
    return results.sort((a, b) => a.issue - b.issue);
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



/** Follows up the issues of the repository that the workflow runs in. */
async function startFollowUp({ github, apiSecret, timeout, concurrency, dryRun }, inputs, { env, options }) {
    const access = { ...github, context: new context/* Context */.o(), apiSecret, timeout };
    const place = await (0,github_open/* openRepository */.h)(access, { ...options, env, sockets: concurrency });
    try {
        return await followUp({
            inputs,
            connections: options.connections,
            place,
            dryRun,
            onCard: options.onCard,
            issueNumber: github.issueNumber,
            concurrency,
            log: options.log,
        });
    }
    finally {
        await place.close();
    }
}


/***/ })

};
