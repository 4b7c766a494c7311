"use strict";
exports.id = 142;
exports.ids = [142];
exports.modules = {

/***/ 142:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commentOnIssue: () => (/* binding */ commentOnIssue),
  startOnboarding: () => (/* binding */ startOnboarding)
});

// EXTERNAL MODULE: ./lib/github/context.js + 1 modules
var github_context = __webpack_require__(3909);
// EXTERNAL MODULE: ./lib/github/event.js
var github_event = __webpack_require__(122);
// EXTERNAL MODULE: ./lib/github/open.js + 2 modules
var github_open = __webpack_require__(3750);
// EXTERNAL MODULE: ./lib/http/transport.js + 2 modules
var transport = __webpack_require__(9351);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2357);
// EXTERNAL MODULE: ./lib/fivetran/naming.js
var naming = __webpack_require__(9902);
// EXTERNAL MODULE: ./lib/report/comment.js
var comment = __webpack_require__(3782);
// EXTERNAL MODULE: ./lib/onboard/job.js
var onboard_job = __webpack_require__(4511);
// EXTERNAL MODULE: ./lib/request/check.js
var check = __webpack_require__(1094);
// EXTERNAL MODULE: ./lib/fivetran/create-once.js
var create_once = __webpack_require__(2462);
// EXTERNAL MODULE: ./lib/fivetran/duplicates.js
var duplicates = __webpack_require__(9296);
;// CONCATENATED MODULE: ./lib/onboard/make.js







/**
 * Makes the connection for what was approved. Refuses when the name is in use, whoever uses it: this
 * issue has no record that says it is its own.
 * @param round one more than any round on record
 * @param unseenAt where an earlier run has looked already: the server's time, in milliseconds
 */
async function begin(job, request, round, unseenAt) {
    const { connections, thread, options, result } = job;
    const wanted = request.connection;
    const approved = (0,onboard_job/* approvedOf */.tv)(request);
    const name = (0,naming/* connectionName */.u7)(wanted);
    let since = unseenAt;
    if (since === undefined) {
        const before = await connections.named(wanted.groupId, name);
        if (before.connections.length > 0)
            await refuseName(job, round);
        options.log.info(`Connection ${name} in group ${wanted.groupId}: not there yet.`);
        since = before.date;
    }
    if (options.dryRun) {
        options.onUnsent(connections.createRequest(wanted));
        result.outcome = 'dry-run';
        return;
    }
    const times = { unseenAt: since, at: thread.date };
    const intent = { kind: 'intent', ...approved, ...times, round };
    if (!(await thread.claim(intent, (0,comment/* preparingText */.wJ)((0,onboard_job/* subjectOf */.et)(approved))))) {
        throw new onboard_job/* Elsewhere */.rO('Another run is making the link for this issue.');
    }
    job.claimed = true;
    const creation = await (0,create_once/* createOnce */.Ur)(wanted, since, {
        ...options,
        contested: true,
        made: (connection) => (0,onboard_job/* found */.F9)(job, connection, true),
    });
    if (creation.outcome === 'taken') {
        throw unseenAt === undefined ? nameRefused() : (0,create_once/* unclear */.lD)(wanted, creation.refusal);
    }
    // An earlier run's request may have arrived after all, beside this one.
    if (unseenAt !== undefined)
        await refuseTwo(job, wanted, unseenAt);
    options.log.info(`Made connection ${creation.connection.id} (${wanted.service}, ${name}).`);
    await deliver(job, request, (0,onboard_job/* madeRecord */.Nq)(intent, creation.connection), creation.card, false);
}
async function refuseTwo({ connections }, wanted, since) {
    const name = (0,naming/* connectionName */.u7)(wanted);
    const { connections: there } = await connections.named(wanted.groupId, name);
    const ours = there.filter((one) => (0,create_once/* isOf */.yW)(wanted, one, since));
    if (ours.length > 1)
        throw (0,duplicates/* duplicates */.X)(name, ours);
}
/** Goes on where an earlier run has stopped, unless that is still at work and finishes. */
async function resume(job, intent, asked) {
    const { connections, thread, options, longestRun } = job;
    const begun = requestOf(job, intent);
    if (!asked)
        job.result.asked = begun.asked;
    const name = (0,naming/* connectionName */.u7)(begun.connection);
    options.log.info(`An earlier run began to make ${name}. Looking whether it did.`);
    const changed = asked !== undefined && !(0,onboard_job/* sameRequest */.s$)(intent, (0,onboard_job/* approvedOf */.tv)(asked));
    const over = thread.date - intent.at > longestRun;
    for (const pause of over ? [0] : create_once/* LOOKS */.BJ) {
        if (!(await options.patience.wait(pause)))
            throw stillOpen(name);
        if (pause > 0)
            await stopIfFinished(job, intent);
        const { connections: there } = await connections.named(intent.group, name);
        const ours = there.filter((one) => (0,create_once/* isOf */.yW)(begun.connection, one, intent.unseenAt));
        const [connection, ...more] = ours;
        if (more.length > 0)
            throw (0,duplicates/* duplicates */.X)(name, ours);
        // Whoever has just made it may be about to say so: that run goes first.
        if (!connection || (pause === 0 && !over))
            continue;
        options.log.info(`It did: connection ${connection.id}.`);
        (0,onboard_job/* found */.F9)(job, connection, true);
        const made = (0,onboard_job/* madeRecord */.Nq)(intent, connection);
        return changed ? refuseDifferent(made) : linkFor(job, begun, made, false);
    }
    options.log.info("It didn't, or its request was lost.");
    if (changed)
        return begin(job, asked, intent.round + 1);
    return begin(job, begun, intent.round + 1, intent.unseenAt);
}
async function stopIfFinished({ thread }, intent) {
    await thread.read();
    const record = thread.latest?.record;
    if (record?.kind === 'intent' && record.round === intent.round)
        return;
    throw new onboard_job/* Elsewhere */.rO('An earlier run has finished meanwhile.');
}
async function refuseName({ thread }, round) {
    // Another run for this issue may have made it since the comments were read.
    await thread.read();
    const record = thread.latest?.record;
    if (record && record.kind !== 'note' && record.round >= round) {
        throw new onboard_job/* Elsewhere */.rO('Another run has made the connection for this issue.');
    }
    throw nameRefused();
}
function nameRefused() {
    const error = new errors/* LinkError */.R6('not-this-issues', 'A connection of that name is there, and it is not on record that it was made for this issue.', 'Choose another schema. If it does belong to this issue, a maintainer says so: operation: link, with its connection-id and the issue-number.');
    return new onboard_job/* Told */.uK(error, (0,comment/* nameRefusedText */.Xz)());
}
function stillOpen(name) {
    return new errors/* LinkError */.R6('create-unknown', `An earlier run may still be making connection ${name}, and max-wait is spent.`, 'Run the job again in a few minutes; it finds the connection if it was made.');
}

;// CONCATENATED MODULE: ./lib/onboard/renew.js





/**
 * Makes a fresh link for the connection that this issue's record names.
 * @param asked what was approved just now; undefined for the command, which approves nothing
 */
async function renew(job, made, asked) {
    const { connections, options, label } = job;
    const request = requestOf(job, made);
    if (!asked)
        job.result.asked = request.asked;
    const connection = await connections.get(made.connection).catch((error) => {
        if (error instanceof errors/* LinkError */.R6 && error.code === 'unknown-connection')
            return error;
        throw error;
    });
    if (connection instanceof errors/* LinkError */.R6) {
        options.log.notice(`${connection.message} It was made for this issue.`);
        if (asked)
            return begin(job, asked, made.round + 1);
        throw new onboard_job/* Told */.uK(connection, (0,comment/* goneText */.LJ)((0,onboard_job/* subjectOf */.et)(made), label));
    }
    (0,onboard_job/* found */.F9)(job, connection, false);
    if (asked && !(0,onboard_job/* sameRequest */.s$)(made, (0,onboard_job/* approvedOf */.tv)(asked)))
        refuseDifferent(made);
    await linkFor(job, request, made, true);
}
/** A link for a connection that is this issue's, unless it is connected and needs none. */
async function linkFor(job, request, made, renewed) {
    const { connections, options, result } = job;
    if (result.connection?.setupState === 'connected') {
        options.log.notice(`Connection ${made.connection} is connected already: no link needed.`);
        result.outcome = 'connected';
        job.keep();
        const record = { ...made, state: 'connected', expires: 0 };
        return renew_comment(job, record, (0,comment/* connectedText */.tZ)((0,onboard_job/* subjectOf */.et)(made)));
    }
    if (options.dryRun) {
        options.onUnsent(connections.cardRequest(made.connection, request.connection.card));
        result.outcome = 'dry-run';
        return;
    }
    await deliver(job, request, made, undefined, renewed);
}
/** Hands the link out: to the outputs first, where it is safe, then to the comment. */
async function deliver(job, request, made, given, renewed) {
    const { connections, options, result } = job;
    const card = given ?? (await connections.makeCard(made.connection, request.connection.card));
    if (!given)
        options.log.info(`Made a Connect Card for connection ${made.connection}.`);
    options.onCard(card);
    result.card = card;
    result.outcome = 'linked';
    job.keep();
    const record = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
    await renew_comment(job, record, await cardText(job, (0,onboard_job/* subjectOf */.et)(made), card, renewed));
}
/** Said where a comment leaves a link out. */
const PUBLIC = 'The repository is public, so the comment has no link: hand on the outputs, or set allow-public-comment. (public-repository)';
/** The words for a card: with its link only where those who can read it may have it. */
async function cardText({ mayShowLink, options }, subject, card, renewed) {
    if (await mayShowLink())
        return (0,comment/* linkText */.yX)(subject, card, renewed);
    options.log.notice(PUBLIC);
    return (0,comment/* handedOverText */.eK)(subject, card);
}
async function renew_comment(job, record, text) {
    await (0,onboard_job/* say */.cv)(job, record, text).catch((thrown) => {
        throw new onboard_job/* Told */.uK(notCommented((0,errors/* asLinkError */.Lx)(thrown), record.connection), undefined);
    });
}
/** The error where everything was made and only the comment couldn't be written. */
function notCommented(error, connection) {
    return new errors/* LinkError */.R6(error.code, `Connection ${connection} is there, and what was made is in the step's outputs, but the issue doesn't say so. ${error.message}`, error.fix, { cause: error });
}
/** The same issue asks for something else than what was made for it. */
function refuseDifferent(made) {
    const error = new errors/* LinkError */.R6('different-request', 'The issue asks for something else than what was approved and made before.', 'Open a new issue for another connection, or put the old values back.');
    throw new onboard_job/* Told */.uK(error, (0,comment/* differentRequestText */.Gu)((0,onboard_job/* subjectOf */.et)(made)));
}
/** The request that a record tells of, with the workflow's own config, settings and card. */
function requestOf({ fields }, { group, service, schema, table }) {
    const problems = [];
    const request = (0,check/* checkRequest */.yG)({ ...fields, connectionId: '', groupId: group, service, schema, table: table ?? '' }, { problem: (problem) => problems.push(problem), warning: () => { } });
    if (request?.kind !== 'named')
        throw new errors/* InputError */.dz(problems);
    return request;
}

;// CONCATENATED MODULE: ./lib/onboard/announce.js





/**
 * Says in an issue what became of a link that the workflow itself asked for, and puts on record that
 * the connection is this issue's: who writes the workflow may say so, unlike who writes the issue.
 * @throws LinkError when the comment can't be written
 */
async function announce({ outcome, connection, card, error }, { thread, mayShowLink, runUrl }, options) {
    if (outcome === 'dry-run')
        return;
    try {
        await thread.read();
        const before = thread.latest?.record;
        if (error || !connection) {
            const text = (0,comment/* failedText */.dz)(error ?? { code: 'internal' }, {
                connectionId: connection?.id,
                runUrl,
            });
            const kept = before?.kind === 'made' ? { ...before, state: 'failed' } : before;
            return await thread.say(kept ?? { kind: 'note', round: 0 }, text);
        }
        const made = recordOf(connection, before?.round ?? 0);
        const subject = (0,onboard_job/* subjectOf */.et)(made);
        if (!card)
            return await thread.say({ ...made, state: 'connected' }, (0,comment/* connectedText */.tZ)(subject));
        const record = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
        await thread.say(record, await cardText({ mayShowLink, options }, subject, card, before?.kind === 'made'));
    }
    catch (thrown) {
        throw connection ? notCommented((0,errors/* asLinkError */.Lx)(thrown), connection.id) : thrown;
    }
}
/**
 * Says in an issue what became of many links at once, as a list. Nothing goes on record: an issue
 * that is followed up has one connection.
 * @throws LinkError when the comment can't be written
 */
async function announceAll(results, { thread, mayShowLink }, { dryRun, log }) {
    if (dryRun)
        return;
    await thread.read();
    const shown = await mayShowLink();
    if (!shown)
        log.notice(PUBLIC);
    await thread.say({ kind: 'note', round: thread.latest?.record.round ?? 0 }, (0,comment/* linksText */.Ld)(results, shown));
}
/** The record of a connection that exists, its name in the parts that a form has. */
function recordOf({ id, service, groupId: group, name }, round) {
    const [, tableField] = (0,naming/* nameFieldsOf */.UE)(service);
    const dot = tableField ? name.indexOf('.') : -1;
    const parts = dot < 0 ? { schema: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) };
    return {
        kind: 'made',
        round,
        group,
        service,
        ...parts,
        connection: id,
        expires: 0,
        state: 'failed',
    };
}

;// CONCATENATED MODULE: ./lib/github/approval.js

/**
 * Whether who set the run off may do so. A label proves nothing by itself: an issue form puts one on
 * in the name of whoever fills it in. So it counts for who may triage, and is among the approvers
 * where there are any. The command renews what was approved, and is open to the issue's author too.
 */
async function isEntitled({ kind, by, issue }, approvers, repository) {
    // Apps have no role; a bot comes this far only as one of the approvers.
    if (by.bot)
        return (0,github_event/* isAmong */.FB)(approvers, by);
    if (kind === 'command') {
        return (by.id !== 0 && by.id === issue.author.id) || (await repository.mayTriage(by.login));
    }
    if (approvers.length > 0 && !(0,github_event/* isAmong */.FB)(approvers, by))
        return false;
    return repository.mayTriage(by.login);
}

;// CONCATENATED MODULE: ./lib/request/form.js
/** The headings of an issue form that are read, in lower case; all others are somebody else's. */
const HEADINGS = ['service', 'schema', 'table', 'destination'];
/** What GitHub writes where a field was left empty, and what people write. */
const EMPTY = /^(_No response_|None)?$/i;
/**
 * Reads the body that GitHub makes of an issue form: `### Label`, a blank line, the answer. Only
 * lines that begin with exactly that count, so text within an answer isn't taken for a heading. A
 * known heading that stands twice is reported, whatever stands under it.
 */
function readForm(body) {
    const answers = new Map();
    const repeated = new Set();
    let lines = [];
    for (const line of body.split(/\r\n|\r|\n/)) {
        const title = /^### +(\S.*)$/.exec(line)?.[1]?.trim().toLowerCase();
        if (title === undefined) {
            lines.push(line);
            continue;
        }
        lines = [];
        const heading = HEADINGS.find((one) => one === title);
        if (!heading)
            continue;
        if (answers.has(heading))
            repeated.add(heading);
        answers.set(heading, lines);
    }
    const values = {};
    for (const [heading, text] of answers) {
        const value = text.join('\n').trim();
        if (!EMPTY.test(value))
            values[heading] = value;
    }
    return { values, repeated: [...repeated] };
}

// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./lib/request/onboarding.js


/** Nothing that belongs in these fields is longer; what is isn't even looked at. */
const MOST_CHARACTERS = 255;
/** Milliseconds for matching one text against the workflow's pattern. */
const PATTERN_LIMIT = 100;
/**
 * Puts the request together from the workflow's inputs, which always win, and an issue's form.
 * None of the form's words stands in a message: those go into a comment.
 */
function readOnboarding(form, inputs, rules) {
    const result = {
        request: undefined,
        problems: [],
        workflow: [],
        warnings: [],
    };
    const fields = { ...inputs };
    const fromForm = new Set();
    const wrong = (heading, message, fix) => result.problems.push({ code: 'form-incomplete', input: title(heading), message, fix });
    const take = (heading, fixed) => {
        if (fixed)
            return undefined;
        fromForm.add(heading);
        if (form.repeated.includes(heading)) {
            wrong(heading, 'stands twice.', 'Keep one of them.');
            return undefined;
        }
        const value = form.values[heading];
        if (value === undefined) {
            // Which services need a table is known only later, with the service.
            if (heading !== 'table')
                wrong(heading, 'is empty.', 'Fill it in.');
        }
        else if (value.length > MOST_CHARACTERS || /[\r\n]/.test(value)) {
            wrong(heading, 'is too long, or has several lines.', 'Write one short name.');
            return undefined;
        }
        return value;
    };
    const service = take('service', inputs.service);
    if (service !== undefined)
        fields.service = service;
    if (service !== undefined && !isAllowed(service, rules.allowedServices)) {
        wrong('service', "isn't one of those that can be asked for here.", 'Choose another one.');
    }
    for (const heading of ['schema', 'table']) {
        const value = take(heading, inputs[heading]);
        if (value === undefined)
            continue;
        fields[heading] = value;
        if (!matches(value, rules.schemaPattern)) {
            wrong(heading, "isn't a name that can be used here.", `It has to match ${rules.schemaPattern}.`);
        }
    }
    if (rules.groups) {
        const value = take('destination', '');
        const group = value === undefined ? undefined : rules.groups.get(value.toLowerCase());
        if (value !== undefined && group === undefined) {
            wrong('destination', "isn't one of those set up here.", 'Choose another one.');
        }
        fields.groupId = group ?? '';
    }
    // A group is missing only because the heading is, and that has been said.
    const checked = rules.groups && !fields.groupId ? { ...fields, groupId: 'none' } : fields;
    const said = new Set(result.problems.map(({ input }) => input));
    const request = (0,check/* checkRequest */.yG)(checked, {
        problem: (problem) => {
            if (!fromForm.has(problem.input))
                result.workflow.push(problem);
            else if (!said.has(title(problem.input))) {
                result.problems.push({ ...problem, code: 'form-incomplete', input: title(problem.input) });
            }
        },
        warning: (message) => result.warnings.push(message),
    });
    const fine = result.problems.length === 0 && result.workflow.length === 0;
    if (fine && request?.kind === 'named')
        result.request = request;
    return result;
}
function title(heading) {
    return heading.slice(0, 1).toUpperCase() + heading.slice(1);
}
/** Whether a service is among those allowed, in which `*` stands for any text. */
function isAllowed(service, allowed) {
    return allowed.some((pattern) => {
        const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
        return new RegExp(`^${parts.join('.*')}$`).test(service);
    });
}
/** Whether the whole text matches. A pattern that takes forever, as some do for some texts, doesn't. */
function matches(text, pattern) {
    try {
        const whole = new RegExp(`^(?:${pattern})$`);
        return (0,external_node_vm_.runInNewContext)('whole.test(text)', { whole, text }, { timeout: PATTERN_LIMIT });
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/onboard/onboard.js








/**
 * Acts on one onboarding issue: checks who approved what, makes or renews the connection's link, and
 * says so in the issue's one comment. Never throws: a failure is a result, and in the comment too.
 */
async function onboard(job) {
    const { options, thread, result } = job;
    try {
        await act(job);
    }
    catch (thrown) {
        if (thrown instanceof onboard_job/* Elsewhere */.rO) {
            options.log.notice(thrown.message);
            result.outcome = 'skipped';
        }
        else
            await fail(job, thrown);
    }
    if (thread.url)
        result.commentUrl = thread.url;
}
async function act(job) {
    const { trigger, thread, label, result } = job;
    // The form counts when somebody approves it; the command renews what was approved.
    const asked = trigger.kind === 'label' ? readRequest(job) : undefined;
    if (asked?.request)
        result.asked = asked.request.asked;
    if (!(await isEntitled(trigger, job.approvers, job.repository)))
        await refuseApproval(job);
    job.approved = true;
    await thread.read();
    if (asked && !asked.request) {
        throw new onboard_job/* Told */.uK(new errors/* InputError */.dz(asked.problems), (0,comment/* incompleteText */.QW)(asked.problems));
    }
    const record = thread.latest?.record;
    if (record?.kind === 'made')
        return renew(job, record, asked?.request);
    if (record?.kind === 'intent')
        return resume(job, record, asked?.request);
    if (asked?.request)
        return begin(job, asked.request, (record?.round ?? 0) + 1);
    throw new onboard_job/* Told */.uK(notApproved(job, 'There is no approval on record for this issue that still counts.'), (0,comment/* approveAgainText */.bZ)(label));
}
/** The request in the form. A problem with what the workflow fixed ends the run at once. */
function readRequest({ trigger, fields, rules, options }) {
    const form = readForm(trigger.issue.body);
    const { request, problems, workflow, warnings } = readOnboarding(form, fields, rules);
    if (workflow.length > 0)
        throw new errors/* InputError */.dz(workflow);
    for (const warning of warnings)
        options.log.warning(warning);
    return { request, problems };
}
async function refuseApproval(job) {
    const { trigger, thread, label, approvers } = job;
    if (trigger.kind === 'command') {
        const error = notApproved(job, "Only the issue's author and who may triage can renew its link.");
        throw new onboard_job/* Told */.uK(error, undefined);
    }
    await thread.read();
    const error = notApproved(job, `Whoever put the label ${label} on may not approve.`);
    // What our comment says stays: who may not approve may not take a link away either.
    throw new onboard_job/* Told */.uK(error, thread.hasComment ? undefined : (0,comment/* notApprovedText */.s8)(label, approvers));
}
function notApproved({ label, approvers }, message) {
    const who = approvers.length > 0 ? approvers.join(' or ') : 'somebody with triage rights or more';
    return new errors/* LinkError */.R6('not-approved', message, `Have ${who} take the label ${label} off and put it on again.`);
}
/** Keeps what was made, then tells of the failure where those who wait will see it. */
async function fail(job, thrown) {
    const { options, thread, result } = job;
    const error = thrown instanceof onboard_job/* Told */.uK ? thrown.error : (0,errors/* asLinkError */.Lx)(thrown);
    Object.assign(result, { outcome: 'failed', error });
    job.keep();
    const record = thread.latest?.record;
    const text = thrown instanceof onboard_job/* Told */.uK ? thrown.text : plainText(job, error);
    if (!text)
        return;
    await (0,onboard_job/* say */.cv)(job, recordAfter(job, error, record), text).catch((trouble) => {
        options.log.warning(`The issue's comment couldn't say so: ${(0,errors/* asLinkError */.Lx)(trouble).message}`);
    });
}
/** What a failure is called in the comment, if it can be written and somebody waits for it. */
function plainText({ approved, result, runUrl }, error) {
    if (!approved || /^(github|issue)-/.test(error.code))
        return undefined;
    return (0,comment/* failedText */.dz)(error, { connectionId: result.connection?.id, runUrl });
}
/**
 * Failures after which a connection of this issue's may be there, or turn up. Not when a create
 * request was refused: what is there then can't be told from somebody else's, by no later run either.
 */
const IN_DOUBT = ['create-unknown', 'cancelled', 'internal'];
/** What stays on record: what was made, or may have been; an intent that came to nothing doesn't. */
function recordAfter(job, error, record) {
    if (!record)
        return { kind: 'note', round: 0 };
    if (record.kind === 'made') {
        return { ...record, state: error.code === 'unknown-connection' ? 'gone' : 'failed' };
    }
    if (record.kind === 'intent' && job.result.connection) {
        return (0,onboard_job/* madeRecord */.Nq)(record, job.result.connection);
    }
    const withdrawn = record.kind === 'intent' && job.claimed && !IN_DOUBT.includes(error.code);
    return withdrawn ? { kind: 'note', round: record.round } : record;
}

;// CONCATENATED MODULE: ./lib/onboard/start.js






/** A request that is sent late, and how long it takes to show, in milliseconds. */
const LATE = 75_000;
/** Acts on the event that started the run, if there is anything to do for it. */
async function startOnboarding(inputs, { fields, rules, label, approvers }, surroundings, result) {
    const { options } = surroundings;
    const context = new github_context/* Context */.o();
    const trigger = (0,github_event/* readTrigger */.vE)(context, { label, approvers });
    if ('skipped' in trigger) {
        result.outcome = 'skipped';
        options.log.notice(`Nothing to do: ${trigger.skipped}`);
        return;
    }
    result.begun = true;
    options.log.info(`Issue ${trigger.issue.number}: ${trigger.by.login} ${DEEDS[trigger.kind]}.`);
    const issue = await start_open(inputs, context, trigger.issue.number, surroundings);
    try {
        await onboard({
            ...issue,
            trigger,
            fields,
            rules,
            label,
            approvers,
            connections: options.connections,
            longestRun: inputs.timeout + inputs.maxWait + LATE,
            options,
            result,
            keep: () => surroundings.keep(result),
            approved: false,
            claimed: false,
        });
    }
    finally {
        await issue.close();
    }
}
const DEEDS = { label: 'put the approving label on', command: 'asks for a fresh link' };
/**
 * Comments what was made on the issue that the workflow names, or else on the event's.
 * @throws LinkError when it can't
 */
async function commentOnIssue(inputs, results, surroundings) {
    const context = new github_context/* Context */.o();
    const number = inputs.github.issueNumber ?? issueOf(context);
    if (number === undefined)
        return;
    const issue = await start_open(inputs, context, number, surroundings);
    try {
        const [only, ...more] = results;
        if (only && more.length === 0)
            await announce(only, issue, surroundings.options);
        else
            await announceAll(results, issue, surroundings.options);
        if (only && issue.thread.url)
            only.commentUrl = issue.thread.url;
    }
    finally {
        await issue.close();
    }
}
/** The event's issue; a pull request is none. */
function issueOf({ payload }) {
    const issue = payload.issue;
    return (0,transport/* isRecord */.u4)(issue) && !issue.pull_request ? Number(issue.number) : undefined;
}
async function start_open({ github, apiSecret, timeout }, context, issue, { env, options }) {
    const access = { ...github, context, apiSecret, timeout };
    const place = await (0,github_open/* openRepository */.h)(access, { ...options, env });
    return { ...place, thread: place.threadOf(issue) };
}


/***/ })

};
;