"use strict";
exports.id = 262;
exports.ids = [262,961];
exports.modules = {

/***/ 6961:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ MOST_SERVICES),
/* harmony export */   readOnboardingInputs: () => (/* binding */ readOnboardingInputs)
/* harmony export */ });
/* harmony import */ var _fivetran_services_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7892);
/* harmony import */ var _check_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5308);
/* harmony import */ var _check_service_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9386);



/** How many connections one issue may ask for. */
const MOST_SERVICES = 20;
/** Reads what onboarding needs, and checks the part of the request that an issue can't change. */
async function readOnboardingInputs(read, fields) {
    const groups = await readGroups(read);
    if (fields.connectionId) {
        read.wrong('connection-id', "can't be combined with operation: onboard.", 'To say which connection an issue has, use operation: link with connection-id and issue-number.');
    }
    if (groups && fields.groupId) {
        read.wrong('groups', "can't be combined with group-id.", 'Leave one of them out.');
    }
    if (!groups && !/^[\w-]+$/.test(fields.groupId)) {
        read.wrong('group-id', fields.groupId ? "isn't a group's id." : 'is missing.', "Copy the id from the destination's page in Fivetran, or use groups.");
    }
    if (!read.text('github-token')) {
        read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
    }
    (0,_check_request_js__WEBPACK_IMPORTED_MODULE_1__/* .checkCard */ .hQ)(fields, (problem) => read.problems.push(problem));
    const allowedServices = read.list('allowed-services');
    return {
        fields: { ...fields, service: '' },
        services: readServices(read, fields.allowUnknownService),
        rules: {
            groups,
            allowedServices: allowedServices.length > 0 ? allowedServices : ['*'],
            schemaPattern: readPattern(read),
        },
        label: read.text('label') || 'connect-card',
        approvers: read.list('approvers').map((login) => login.replace(/^@/, '')),
    };
}
/** The connector types that the workflow fixes, each once. Warnings come with each issue. */
function readServices(read, allowUnknown) {
    const services = read
        .list('service')
        .filter((one, index, all) => all.findIndex((other) => (0,_fivetran_services_js__WEBPACK_IMPORTED_MODULE_0__/* .sameService */ .cm)(one, other)) === index);
    for (const service of services) {
        (0,_check_service_js__WEBPACK_IMPORTED_MODULE_2__/* .checkService */ ._)(service, allowUnknown, (input, message, fix, code) => read.wrong(input, `${service} ${message}`, fix, code), () => { });
    }
    if (services.length > MOST_SERVICES) {
        read.wrong('service', `names ${services.length} connector types; one issue can have ${MOST_SERVICES}.`, 'Name fewer.');
    }
    return services;
}
function readPattern(read) {
    const pattern = read.text('schema-pattern') || '^[a-z][a-z0-9_]{0,62}$';
    try {
        new RegExp(pattern);
    }
    catch {
        read.wrong('schema-pattern', "isn't a regular expression.", 'Write it in the syntax of JavaScript, without slashes around it.');
    }
    return pattern;
}
async function readGroups(read) {
    if (!read.text('groups'))
        return undefined;
    const groups = new Map();
    for (const [name, id] of Object.entries(await read.mapping('groups'))) {
        const key = name.trim().toLowerCase();
        if (typeof id !== 'string' || !/^[\w-]+$/.test(id)) {
            read.wrong(`groups.${name}`, "isn't a group's id.", 'Write the id itself, as a string.');
        }
        else if (groups.has(key)) {
            read.wrong(`groups.${name}`, 'exists twice.', 'Write each name once: upper and lower case are the same.');
        }
        groups.set(key, String(id));
    }
    return groups;
}


/***/ }),

/***/ 7262:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createOnIssue: () => (/* reexport */ createOnIssue),
  handOver: () => (/* reexport */ handOver),
  startFollowUp: () => (/* reexport */ startFollowUp),
  startOnboarding: () => (/* reexport */ startOnboarding)
});

// EXTERNAL MODULE: ./lib/model/errors.js
var model_errors = __webpack_require__(3183);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/github/lib/context.js


class Context {
    /**
     * Hydrate the context from the environment
     */
    constructor() {
        var _a, _b, _c;
        this.payload = {};
        if (process.env.GITHUB_EVENT_PATH) {
            if ((0,external_fs_.existsSync)(process.env.GITHUB_EVENT_PATH)) {
                this.payload = JSON.parse((0,external_fs_.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: 'utf8' }));
            }
            else {
                const path = process.env.GITHUB_EVENT_PATH;
                process.stdout.write(`GITHUB_EVENT_PATH ${path} does not exist${external_os_.EOL}`);
            }
        }
        this.eventName = process.env.GITHUB_EVENT_NAME;
        this.sha = process.env.GITHUB_SHA;
        this.ref = process.env.GITHUB_REF;
        this.workflow = process.env.GITHUB_WORKFLOW;
        this.action = process.env.GITHUB_ACTION;
        this.actor = process.env.GITHUB_ACTOR;
        this.job = process.env.GITHUB_JOB;
        this.runAttempt = parseInt(process.env.GITHUB_RUN_ATTEMPT, 10);
        this.runNumber = parseInt(process.env.GITHUB_RUN_NUMBER, 10);
        this.runId = parseInt(process.env.GITHUB_RUN_ID, 10);
        this.apiUrl = (_a = process.env.GITHUB_API_URL) !== null && _a !== void 0 ? _a : `https://api.github.com`;
        this.serverUrl = (_b = process.env.GITHUB_SERVER_URL) !== null && _b !== void 0 ? _b : `https://github.com`;
        this.graphqlUrl =
            (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : `https://api.github.com/graphql`;
    }
    get issue() {
        const payload = this.payload;
        return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
    }
    get repo() {
        if (process.env.GITHUB_REPOSITORY) {
            const [owner, repo] = process.env.GITHUB_REPOSITORY.split('/');
            return { owner, repo };
        }
        if (this.payload.repository) {
            return {
                owner: this.payload.repository.owner.login,
                repo: this.payload.repository.name
            };
        }
        throw new Error("context.repo requires a GITHUB_REPOSITORY environment variable like 'owner/repo'");
    }
}
//# sourceMappingURL=context.js.map
;// CONCATENATED MODULE: ./lib/packages/github-context.js
// See left-out.ts for why this is taken by its path.


// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(9626);
;// CONCATENATED MODULE: ./lib/report/follow-up-summary.js

/** One issue's result as the outputs `results` and `results-file` have it. */
function followUpJson(result) {
    const { issue, outcome, changed, entries, commentUrl, error } = result;
    const connections = entries.map((entry) => connectionJson(entry, result));
    const only = connections.length === 1 ? connections[0] : undefined;
    return {
        issue,
        outcome,
        changed,
        connection_id: only?.connection_id ?? null,
        setup_state: only?.setup_state ?? null,
        link: only?.link ?? null,
        expires_at: only?.expires_at ?? null,
        connections,
        comment_url: commentUrl ?? null,
        error: error ? { code: error.code, message: error.message, fix: error.fix } : null,
    };
}
function connectionJson({ request, connection, state }, { cards }) {
    const card = cards.get(connection ?? '');
    return {
        service: request.service,
        connection_id: connection ?? null,
        setup_state: SETUP_STATES[state],
        link: card?.link ?? null,
        expires_at: card?.expiresAt.toISOString() ?? null,
    };
}
const SETUP_STATES = {
    creating: null,
    ready: 'incomplete',
    connected: 'connected',
    expired: 'incomplete',
    broken: 'broken',
    gone: null,
    failed: 'incomplete',
};
const OUTCOMES = {
    waiting: 'Waiting for the customer',
    connected: 'Connected',
    broken: 'Broken',
    expired: 'The link has expired',
    gone: 'A connection was deleted',
    'bad-record': 'No valid record of an approval',
    failed: 'Failed',
};
/** The job summary of a follow-up: a table of all issues. */
function followUpSummary(results) {
    const table = [
        '| Issue | State | Connection id | Changed |',
        '| ---: | --- | --- | --- |',
        ...results.map(row),
    ];
    const nothing = 'There is no open issue with the approving label.';
    const body = results.length > 0 ? table : [nothing];
    return ['## Connect Card Link: follow-up', '', ...body, ''].join('\n');
}
function row({ issue, outcome, changed, entries, cards, commentUrl, error, }) {
    const number = commentUrl ? `[${issue}](<${commentUrl}>)` : String(issue);
    const connected = entries.filter(({ state }) => state === 'connected').length;
    const count = entries.length > 1 ? ` (${connected} of ${entries.length} connected)` : '';
    const fresh = [...cards.values()].map(({ expiresAt }) => (0,markdown/* readableTime */.GI)(expiresAt));
    const links = fresh.length > 0 ? `, fresh link until ${fresh.join(', ')}` : '';
    const why = error ? `: ${(0,markdown/* plain */.pj)(error.message)} (${(0,markdown/* code */.aY)(error.code)})` : '';
    const ids = entries.flatMap(({ connection }) => (connection ? (0,markdown/* code */.aY)(connection) : [])).join(' ');
    return `| ${number} | ${OUTCOMES[outcome]}${count}${links}${why} | ${ids} | ${changed ? 'yes' : ''} |`;
}

// EXTERNAL MODULE: ./lib/runner/outputs.js + 2 modules
var outputs = __webpack_require__(3530);
// EXTERNAL MODULE: ./lib/http/transport.js + 3 modules
var transport = __webpack_require__(4025);
// EXTERNAL MODULE: ./lib/http/retry.js
var retry = __webpack_require__(2639);
// EXTERNAL MODULE: ./lib/model/json.js
var json = __webpack_require__(8274);
;// CONCATENATED MODULE: ./lib/github/failures.js



/** A refusal by GitHub, with its status for those who know more from the request. */
class GitHubRefusal extends model_errors/* LinkError */.R6 {
    status;
    constructor(status, code, message, fix) {
        super(code, message, fix);
        this.status = status;
    }
}
/** After a secondary limit that names no time, GitHub wants at least a minute of quiet. */
const SECONDARY_WAIT_MS = 60_000;
/** Distinguishes GitHub's successes from failures. */
function classifyResponse(response) {
    const { status, body } = response;
    const promised = status === 204 || (0,json/* isRecord */.u)(body) || Array.isArray(body);
    if (status >= 200 && status < 300 && promised)
        return undefined;
    const limit = rateLimitIn(response);
    if (limit) {
        const error = new GitHubRefusal(status, 'rate-limited', `GitHub's rate limit is reached (${status}).`, 'Run the job again later.');
        return { error, retry: 'not-done', ...limit };
    }
    return { error: refusal(response), retry: status < 300 ? 'in-doubt' : (0,retry/* safetyOfStatus */.u8)(status) };
}
/**
 * How many milliseconds to wait where a response is about a rate limit; undefined where it isn't.
 * GitHub sends 403 as well as 429, and a time in one of two headers:
 * docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * A time that is past or can't be read leaves it to the ordinary back-off.
 */
function rateLimitIn({ status, headers, body, date, }) {
    if (status !== 403 && status !== 429)
        return undefined;
    const header = headers['retry-after']?.toString();
    if (header !== undefined)
        return { wait: (0,retry/* retryAfter */.P9)(header, date) };
    if (headers['x-ratelimit-remaining'] === '0') {
        const reset = String(headers['x-ratelimit-reset']);
        const seconds = /^\d{1,12}$/.test(reset) ? Number(reset) - date / 1000 : 0;
        return { wait: seconds > 0 ? seconds * 1000 : undefined };
    }
    const limited = status === 429 || /secondary rate limit/i.test(messageIn(body));
    return limited ? { wait: SECONDARY_WAIT_MS } : undefined;
}
function refusal({ status, body }) {
    const said = (0,model_errors/* oneLine */.TN)(messageIn(body), 200);
    const says = said ? ` GitHub says: ${said.replace(/\.+$/, '')}.` : '';
    const refused = (code, message, fix) => new GitHubRefusal(status, code, message + says, fix);
    if (status < 300) {
        return refused('github-failed', `GitHub's response is a success (${status}), but not JSON.`, 'Check GITHUB_API_URL, and whether a proxy changes responses.');
    }
    if ([301, 302, 307, 308, 404, 410].includes(status)) {
        return refused('issue-gone', `The issue or comment no longer exists here (${status}).`, 'If the issue was moved or deleted, continue in the new one: a maintainer links it with operation: link, connection-id and issue-number.');
    }
    // "Unable to create comment because issue is locked."; not «blocked», nor a repository that is
    // locked for a migration.
    if (status === 403 && /\b(issue|conversation)\b.*\blocked\b/i.test(said)) {
        return refused('issue-locked', 'The issue is locked, so nothing can be written there (403).', 'Unlock the conversation, then comment /connect-card.');
    }
    if (status === 401) {
        return refused('github-unauthorized', 'github-token rejected (401).', 'Leave github-token out to use the token of the job. A token of your own may have expired, been revoked or been copied incompletely: create another and save it as the secret.');
    }
    if (status === 403) {
        return refused('github-forbidden', "GitHub doesn't allow this with github-token (403).", 'Give the job "permissions: issues: write", or a github-token that has it. Runs for forks and Dependabot never have it.');
    }
    return refused('github-failed', status >= 500 ? `GitHub failed (${status}).` : `GitHub refused the request (${status}).`, 'Run the job again in a few minutes.');
}
function messageIn(body) {
    return (0,json/* isRecord */.u)(body) && typeof body.message === 'string' ? body.message : '';
}

;// CONCATENATED MODULE: ./lib/github/graphql.js


/** The status with which REST would have answered. */
const STATUS = {
    NOT_FOUND: 404,
    FORBIDDEN: 403,
    INSUFFICIENT_SCOPES: 403,
    RATE_LIMITED: 403,
};
/**
 * Tells GraphQL's successes from failures: most of those come with status 200, as `errors`. They are
 * taken for what REST would have answered.
 * docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
function classifyGraphql(response) {
    const { errors } = (0,json/* isRecord */.u)(response.body) ? response.body : {};
    const first = Array.isArray(errors) ? errors[0] : undefined;
    if (response.status !== 200 || !(0,json/* isRecord */.u)(first))
        return classifyResponse(response);
    const status = STATUS[String(first.type)] ?? 422;
    const headers = first.type === 'RATE_LIMITED'
        ? { ...response.headers, 'x-ratelimit-remaining': '0' }
        : response.headers;
    return classifyResponse({ ...response, status, headers, body: { message: first.message } });
}
/** Reads an issue with comments from an answer's `repository`. */
function readIssuePage(repository, issue, date) {
    if (!(0,json/* isRecord */.u)(repository) || !(0,json/* isRecord */.u)(issue))
        return undefined;
    return {
        ...readComments(issue.comments),
        issue: readIssue(issue),
        repositoryId: Number(repository.databaseId),
        // Where it isn't said, everybody can read it.
        public: repository.visibility !== 'PRIVATE' && repository.visibility !== 'INTERNAL',
        date,
    };
}
function readComments(value) {
    const { nodes, pageInfo } = (0,json/* isRecord */.u)(value) ? value : {};
    const { hasPreviousPage, startCursor } = (0,json/* isRecord */.u)(pageInfo) ? pageInfo : {};
    return {
        comments: (Array.isArray(nodes) ? nodes : []).filter(json/* isRecord */.u).map(readComment),
        before: hasPreviousPage === true ? String(startCursor) : undefined,
    };
}
function readComment(node) {
    // Comments' numbers have outgrown GraphQL's Int.
    const { fullDatabaseId, body, url, createdAt, lastEditedAt, viewerDidAuthor } = node;
    return {
        id: Number(fullDatabaseId),
        body: String(body ?? ''),
        url: String(url ?? ''),
        createdAt: Date.parse(String(createdAt)),
        edited: lastEditedAt != null,
        own: viewerDidAuthor === true,
    };
}
function readIssue({ id, number, state, labels }) {
    const names = (0,json/* isRecord */.u)(labels) && Array.isArray(labels.nodes) ? labels.nodes : [];
    return {
        number: Number(number),
        nodeId: String(id),
        open: state === 'OPEN',
        labels: names.filter(json/* isRecord */.u).map(({ name }) => String(name)),
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/github/record.js


const VERSION = 'v1';
const MARKER = /<!-- connect-card-link (v\d+) ([\w-]{1,60000})\.([\w-]{43}) -->/g;
/** Servers' times have whole seconds, and not all servers the same. */
const CLOCK_MARGIN_MS = 5000;
/** Signs records and reads them back. Its key is derived from the API secret. */
class RecordSigner {
    #keys;
    /** @param previousSecret the one before a rotation, whose records still count */
    constructor(apiSecret, previousSecret) {
        const secrets = previousSecret ? [apiSecret, previousSecret] : [apiSecret];
        this.#keys = secrets.map((secret) => new Uint8Array((0,external_node_crypto_.hkdfSync)('sha256', secret, '', `connect-card-link issue record ${VERSION}`, 32)));
    }
    /**
     * The marker for a record.
     * @param where the id of the comment that holds it; for a comment yet to be added, GitHub's time
     *   of sending it and how long that may take, in milliseconds
     */
    sign(sealed, issue, where) {
        const place = typeof where === 'number' ? { comment: where } : where;
        const text = JSON.stringify({ ...issue, ...place, ...sealed });
        const payload = Buffer.from(text).toString('base64url');
        return `<!-- connect-card-link ${VERSION} ${payload}.${this.#signature(payload)} -->`;
    }
    /**
     * Reads the record of a comment. A record counts in the comment that it names; one that names none
     * only if its comment was added while that record was being sent, and never edited since. A copy of
     * a marker in another comment, or one for another issue, counts for nothing.
     * @returns undefined for a comment without a record that counts
     */
    read(comment, issue) {
        const records = [...comment.body.matchAll(MARKER)].flatMap((marker) => {
            const opened = this.#open(marker, issue);
            return opened && countsIn(comment, opened.sealed) ? [opened] : [];
        });
        const [first] = records;
        if (!first || records.length > 1)
            return undefined;
        const { comment: id, ...sealed } = first.sealed;
        return { comment, sealed, bound: id !== undefined, previousKey: first.previousKey };
    }
    #open([, version, payload = '', signature = ''], issue) {
        if (version !== VERSION)
            return undefined;
        const key = this.#keys.findIndex((_, index) => {
            const expected = Buffer.from(this.#signature(payload, index));
            const given = Buffer.from(signature);
            return given.length === expected.length && (0,external_node_crypto_.timingSafeEqual)(given, expected);
        });
        if (key < 0)
            return undefined;
        const sealed = JSON.parse(Buffer.from(payload, 'base64url').toString());
        if (!(0,json/* isRecord */.u)(sealed) || !Array.isArray(sealed.entries))
            return undefined;
        if (sealed.repositoryId !== issue.repositoryId || sealed.issue !== issue.issue) {
            return undefined;
        }
        return { sealed: sealed, previousKey: key > 0 };
    }
    #signature(payload, key = 0) {
        return (0,external_node_crypto_.createHmac)('sha256', this.#keys[key])
            .update(`connect-card-link ${VERSION} ${payload}`)
            .digest('base64url');
    }
}
function countsIn({ id, createdAt, edited }, sealed) {
    if (sealed.comment !== undefined)
        return sealed.comment === id;
    const { at = Number.NaN, within = 0 } = sealed;
    const late = createdAt - at;
    return !edited && late >= -CLOCK_MARGIN_MS && late <= within + CLOCK_MARGIN_MS;
}

;// CONCATENATED MODULE: ./lib/github/queries.js
// What is asked by GraphQL, because one request answers it: an issue with its newest comments, a page
// of issues with theirs. docs.github.com/graphql/reference/objects#issue
const COMMENT = `
  fragment comment on IssueComment {
    fullDatabaseId body url createdAt lastEditedAt viewerDidAuthor
  }`;
const ISSUE = `
  fragment issue on Issue {
    id number state
    labels(first: 100) { nodes { name } }
  }`;
const COMMENTS = `{ nodes { ...comment } pageInfo { hasPreviousPage startCursor } }`;
/** One issue, and its newest comments or those before a cursor. */
const ISSUE_QUERY = `
  query ($owner: String!, $name: String!, $number: Int!, $before: String) {
    repository(owner: $owner, name: $name) {
      databaseId visibility
      issue(number: $number) { ...issue comments(last: 100, before: $before) ${COMMENTS} }
    }
  }${ISSUE}${COMMENT}`;
/**
 * The open issues with a label, fifty a page, each with its newest comments: the action's own is
 * among the last where people don't discuss much.
 */
const ISSUES_QUERY = `
  query ($owner: String!, $name: String!, $label: String!, $after: String) {
    repository(owner: $owner, name: $name) {
      databaseId visibility
      issues(
        first: 50, after: $after, labels: [$label], states: OPEN,
        orderBy: { field: CREATED_AT, direction: ASC }
      ) {
        nodes { ...issue comments(last: 20) ${COMMENTS} }
        pageInfo { hasNextPage endCursor }
      }
    }
  }${ISSUE}${COMMENT}`;
/** Adds a comment, and shows the issue as it is then. */
const ADD_COMMENT = `
  mutation ($subject: ID!, $body: String!) {
    addComment(input: { subjectId: $subject, body: $body }) {
      commentEdge { node { ...comment } }
      subject {
        ... on Issue {
          ...issue
          repository { databaseId visibility }
          comments(last: 100) ${COMMENTS}
        }
      }
    }
  }${ISSUE}${COMMENT}`;

;// CONCATENATED MODULE: ./lib/github/repository.js






/** What is asked of GitHub about one repository, and written there. */
class Repository {
    #api;
    #path;
    #names;
    /** @param repository `owner/name` */
    constructor(api, repository) {
        const [owner = '', name = ''] = repository.split('/');
        this.#api = api;
        this.#names = { owner, name };
        this.#path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
    }
    /**
     * An issue as it is now, with a page of its comments: the newest, or those before a page.
     * @throws LinkError `issue-gone` where there is no such issue
     */
    async issue(number, before) {
        const response = await this.#query(ISSUE_QUERY, { number, before: before ?? null });
        const { repository } = dataOf(response);
        const issue = (0,json/* isRecord */.u)(repository) ? repository.issue : undefined;
        return readIssuePage(repository, issue, response.date) ?? noSuchIssue(number);
    }
    /** All open issues with a label, the oldest first, a page at a time. */
    async *openIssues(label) {
        let after = null;
        do {
            const response = await this.#query(ISSUES_QUERY, { label, after });
            const { repository } = dataOf(response);
            const { nodes, pageInfo } = (0,json/* isRecord */.u)(repository) && (0,json/* isRecord */.u)(repository.issues) ? repository.issues : {};
            const issues = Array.isArray(nodes) ? nodes : [];
            yield issues.flatMap((issue) => readIssuePage(repository, issue, response.date) ?? []);
            const { hasNextPage, endCursor } = (0,json/* isRecord */.u)(pageInfo) ? pageInfo : {};
            after = hasNextPage === true ? String(endCursor) : null;
        } while (after !== null);
    }
    /**
     * Adds a comment, and shows the issue as it is right after.
     * @param subject the issue's id in GraphQL
     * @throws ResponseLost when it may have been added although no answer came
     */
    async addComment(subject, body) {
        const response = await this.#query(ADD_COMMENT, { subject, body }, false);
        const { addComment } = dataOf(response);
        const { commentEdge, subject: issue } = (0,json/* isRecord */.u)(addComment) ? addComment : {};
        const node = (0,json/* isRecord */.u)(commentEdge) ? commentEdge.node : undefined;
        const repository = (0,json/* isRecord */.u)(issue) ? issue.repository : undefined;
        const page = readIssuePage(repository, issue, response.date);
        if (!(0,json/* isRecord */.u)(node) || !page)
            throw new transport/* ResponseLost */.uC(incomplete());
        return { comment: readComment(node), page };
    }
    /** Gives a comment another text. */
    async editComment(id, body) {
        await this.#rest('PATCH', `/issues/comments/${id}`, { body });
    }
    /** Deletes a comment; one that is gone already is deleted. */
    async deleteComment(id) {
        await this.#rest('DELETE', `/issues/comments/${id}`).catch((error) => {
            if (!(error instanceof GitHubRefusal && error.status === 404))
                throw error;
        });
    }
    /** Adds a label; GitHub creates one that doesn't exist yet. */
    async addLabel(issue, label) {
        await this.#rest('POST', `/issues/${issue}/labels`, { labels: [label] });
    }
    /** Closes an issue as completed. */
    async closeIssue(issue) {
        await this.#rest('PATCH', `/issues/${issue}`, { state: 'closed', state_reason: 'completed' });
    }
    /**
     * Whether somebody has triage rights or more here. Custom roles show by what they may do.
     * docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
     */
    async mayTriage(login) {
        const path = `/collaborators/${encodeURIComponent(login)}/permission`;
        const response = await this.#rest('GET', path).catch((error) => {
            if (error instanceof GitHubRefusal && error.status === 404)
                return undefined;
            throw error;
        });
        if (!(0,json/* isRecord */.u)(response?.body))
            return false;
        const { permission, role_name, user } = response.body;
        const rights = (0,json/* isRecord */.u)(user) && (0,json/* isRecord */.u)(user.permissions) ? user.permissions : {};
        return (['triage', 'write', 'maintain', 'admin'].includes(String(role_name)) ||
            // A role of the organization's own: what it is built on shows here,
            rights.triage === true ||
            // or in the older answer, which calls maintain write and triage read.
            ['write', 'admin'].includes(String(permission)));
    }
    /** A REST request that may be sent twice without doing more than once. */
    #rest(method, path, body) {
        const request = { method, path: this.#path + path, repeatable: true };
        return this.#api.rest.send(body ? { ...request, body } : request);
    }
    #query(query, variables, repeatable = true) {
        const body = { query, variables: { ...this.#names, ...variables } };
        return this.#api.graphql.send({ method: 'POST', path: '', body, repeatable });
    }
}
function dataOf({ body }) {
    return (0,json/* isRecord */.u)(body) && (0,json/* isRecord */.u)(body.data) ? body.data : {};
}
function noSuchIssue(number) {
    throw new model_errors/* LinkError */.R6('issue-gone', `This repository has no issue ${number}.`, 'If it was moved or deleted, continue in the new one: operation: link with connection-id and issue-number puts a connection on its list.');
}
function incomplete() {
    return new model_errors/* LinkError */.R6('github-failed', "GitHub's response to the new comment is incomplete.", 'Run the job again in a few minutes.');
}

;// CONCATENATED MODULE: ./lib/github/snapshot.js
/**
 * Sorts an issue's comments out.
 * @param comments the oldest first
 * @param readAt this machine's time of reading, in milliseconds
 */
function takeSnapshot(page, comments, signer, run, readAt) {
    const ref = { repositoryId: page.repositoryId, issue: page.issue.number };
    const signed = firstOfEachLease(comments.flatMap((comment) => signer.read(comment, ref) ?? []));
    const published = newest(signed.filter(({ sealed }) => !sealed.lease));
    const generation = published?.sealed.generation ?? 0;
    // A lease from before the newest record is over, whoever shows it again.
    const open = signed.filter(({ sealed }) => sealed.lease && sealed.generation > generation);
    const leases = open.filter(({ sealed }) => isAlive(sealed, page.date, run));
    // What a run has announced before it died may have been created.
    const dead = open.filter((one) => !leases.includes(one));
    const latest = newest(dead) ?? published;
    const current = published ? [published, ...dead] : dead;
    const others = signed.filter((one) => !current.includes(one) && !leases.includes(one));
    return {
        issue: page.issue,
        public: page.public,
        repositoryId: page.repositoryId,
        date: page.date,
        readAt,
        entries: dead.length > 1 ? announced(dead) : (latest?.sealed.entries ?? []),
        generation: latest?.sealed.generation ?? 0,
        comment: published?.comment,
        previousKey: published?.previousKey ?? false,
        leases,
        replaced: others.filter(isOurs).map(({ comment }) => comment),
        current: current.filter(isOurs).map(({ comment }) => comment),
        signed,
    };
}
/**
 * What several runs that died have announced. Each may have created what it announced, so all create
 * requests that may have been sent are kept.
 */
function announced(dead) {
    const entries = new Map();
    for (const entry of dead.flatMap(({ sealed }) => sealed.entries)) {
        const key = JSON.stringify(Object.values(entry.request));
        const known = entries.get(key);
        const intents = [...(known?.intents ?? []), ...entry.intents];
        entries.set(key, { ...known, ...entry, intents });
    }
    return [...entries.values()];
}
/** A time of this machine's as GitHub's, in milliseconds, as far as that can be told. */
function githubNow({ date, readAt }, now) {
    return date + now - readAt;
}
/** Of several comments with one lease all but the first are copies. */
function firstOfEachLease(signed) {
    const seen = new Set();
    return signed.filter(({ sealed: { lease } }) => {
        if (!lease)
            return true;
        const isFirst = !seen.has(lease.id);
        seen.add(lease.id);
        return isFirst;
    });
}
function isAlive({ lease }, date, run) {
    if (!lease || date >= lease.until)
        return false;
    return lease.run !== run.id || lease.attempt >= run.attempt;
}
/** Whether a comment is certainly the action's: a marker without a number may have been copied. */
function isOurs({ bound, comment }) {
    return bound || comment.own;
}
function newest(signed) {
    return signed.toSorted((a, b) => b.sealed.generation - a.sealed.generation)[0];
}

;// CONCATENATED MODULE: ./lib/github/thread.js




/** Milliseconds between two looks whether another run has finished. */
const POLLS_MS = [500, 1000, 2000, 4000, 8000];
/** Milliseconds that a run may take beside its requests and waiting. */
const SLACK_MS = 15_000;
/** How often a lease is added that doesn't show up. */
const TRIES = 3;
/**
 * An issue's comments, of which the action has one. Runs that change it take turns, as
 * docs/decisions/0004-lease-on-the-issue.md says.
 */
class Thread {
    #access;
    #issue;
    constructor(access, issue) {
        this.#access = access;
        this.#issue = issue;
    }
    /**
     * The issue as it is now.
     * @param since an earlier reading: then only newer comments are read
     */
    async read(since) {
        return this.complete(await this.#access.repository.issue(this.#issue), since);
    }
    /** An issue of which one page of comments is known: reads on until the action's own is found. */
    async complete(page, since) {
        const { repository, signer, run, now } = this.#access;
        let { before } = page;
        let oldest = page.comments[0];
        // Of what was read before, only what these pages don't reach.
        const known = before === undefined ? [] : (since?.signed ?? []);
        let comments = merge(known.map(({ comment }) => comment).filter(({ id }) => id < (oldest?.id ?? 0)), page.comments);
        for (;;) {
            const snapshot = takeSnapshot(page, comments, signer, run, now());
            const enough = since ? isBefore(oldest, since) : snapshot.comment !== undefined;
            if (enough || before === undefined)
                return snapshot;
            const older = await repository.issue(this.#issue, before);
            comments = merge(older.comments, comments);
            before = older.before;
            oldest = older.comments[0];
        }
    }
    async claim(first, plan) {
        const { budget, timeout, repository, now } = this.#access;
        let snapshot = first;
        for (;;) {
            snapshot = await this.whenFree(snapshot);
            const end = now() + 2 * timeout + budget.left + SLACK_MS;
            const planned = await plan(snapshot, end);
            if (!planned)
                return undefined;
            const { comment, sealed, after } = await this.#addLease(snapshot, planned, end);
            const others = after.leases.filter((lease) => lease.comment.id !== comment.id);
            const isFirst = others.every((other) => other.comment.id > comment.id);
            // Runs that came later see this lease and take theirs back. One that could not see it yet is
            // working, and its result comes first.
            try {
                snapshot = isFirst ? await this.whenFree(after, comment.id) : after;
            }
            catch (error) {
                await repository.deleteComment(comment.id);
                throw error;
            }
            const isInTime = now() < end - timeout;
            if (isFirst && isInTime && snapshot.generation === sealed.generation - 1) {
                return this.#held(planned, snapshot, comment, sealed, end - timeout);
            }
            await repository.deleteComment(comment.id);
        }
    }
    /** Signs the record anew in its comment, whose words stay as they are. */
    async signAnew({ comment, entries, generation, repositoryId }) {
        if (!comment)
            return;
        const [text = ''] = comment.body.split(/\s*<!-- connect-card-link /);
        await this.#write(repositoryId, comment.id, { generation, entries }, text);
    }
    /** Deletes comments of the action's; one that is gone already is deleted. */
    async deleteAll(comments) {
        const { repository } = this.#access;
        await Promise.all(comments.map(({ id }) => repository.deleteComment(id)));
    }
    /**
     * The issue when no other run is working on it.
     * @param own the comment with this run's own lease
     * @throws LinkError `issue-busy` when another run still works and `max-wait` is spent
     */
    async whenFree(first, own) {
        let snapshot = first;
        for (let polls = 0;; polls++) {
            const others = snapshot.leases.filter(({ comment }) => comment.id !== own);
            if (others.length === 0)
                return snapshot;
            const pause = POLLS_MS[Math.min(polls, POLLS_MS.length - 1)] ?? 0;
            if (!(await this.#access.budget.wait(pause)))
                throw busy(others);
            snapshot = await this.read(snapshot);
        }
    }
    /** Adds a comment with a lease, and reads what there is beside it. */
    async #addLease(snapshot, { entries, text }, end) {
        const { repository, signer, run, timeout, redact, budget, now } = this.#access;
        const lease = {
            id: (0,external_node_crypto_.randomUUID)(),
            run: run.id,
            attempt: run.attempt,
            until: githubNow(snapshot, end),
        };
        const sealed = { generation: snapshot.generation + 1, entries, lease };
        const ref = { repositoryId: snapshot.repositoryId, issue: this.#issue };
        for (let tries = 1; tries <= TRIES; tries++) {
            const sending = { at: githubNow(snapshot, now()), within: timeout };
            const body = `${redact(text)}\n\n${signer.sign(sealed, ref, sending)}`;
            const added = await repository.addComment(snapshot.issue.nodeId, body).catch((error) => {
                if (error instanceof transport/* ResponseLost */.uC)
                    return undefined;
                throw error;
            });
            const after = added ? await this.complete(added.page, snapshot) : await this.read(snapshot);
            const mine = after.signed.find((one) => one.sealed.lease?.id === lease.id);
            if (mine)
                return { comment: mine.comment, sealed, after };
            // It took too long to be added, or what was read is older than it.
            if (added)
                await repository.deleteComment(added.comment.id);
            await budget.wait(POLLS_MS[tries] ?? 0);
        }
        throw new model_errors/* LinkError */.R6('github-failed', "GitHub doesn't show the comment that was just added, so this run couldn't make sure that no other is working on the issue.", 'Run the job again in a few minutes.');
    }
    #held(plan, snapshot, { id, url }, sealed, deadline) {
        const { repositoryId } = snapshot;
        return {
            plan,
            snapshot,
            deadline,
            amend: ({ entries, text }) => this.#write(repositoryId, id, { ...sealed, entries }, text),
            publish: async ({ entries, text }) => {
                const generation = sealed.generation + 1;
                await this.#write(repositoryId, id, { generation, entries }, text);
                await this.deleteAll([...snapshot.replaced, ...snapshot.current]);
                return url;
            },
        };
    }
    async #write(repositoryId, comment, sealed, text) {
        const { repository, signer, redact } = this.#access;
        const marker = signer.sign(sealed, { repositoryId, issue: this.#issue }, comment);
        await repository.editComment(comment, `${redact(text)}\n\n${marker}`);
    }
}
/** Both lists as one, each comment once: as the second has it. */
function merge(older, newer) {
    const byId = new Map([...older, ...newer].map((comment) => [comment.id, comment]));
    return [...byId.values()].sort((a, b) => a.id - b.id);
}
/** Whether a comment is from before a reading, so that reading knew all that is older. */
function isBefore(comment, { date }) {
    return comment !== undefined && comment.createdAt < date - SLACK_MS;
}
function busy(others) {
    const until = Math.max(...others.map(({ sealed }) => sealed.lease?.until ?? 0));
    return new model_errors/* LinkError */.R6('issue-busy', `Another run is working on this issue, until ${new Date(until).toISOString()} at the latest, and max-wait is spent.`, 'Run the job again when that run has finished, or raise max-wait.');
}

;// CONCATENATED MODULE: ./lib/github/open.js







/**
 * Opens the repository that the workflow runs in. Nothing is sent yet.
 * @throws LinkError outside of a workflow
 */
function openRepository(access, options) {
    const { context, token, timeout, apiSecret, previousApiSecret, redact } = access;
    const name = options.env.GITHUB_REPOSITORY;
    if (!name) {
        throw new model_errors/* LinkError */.R6('invalid-input', "GITHUB_REPOSITORY is not set, so the issue's repository isn't known.", 'Run this as a step of a workflow.');
    }
    const headers = {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(token && { authorization: `Bearer ${token}` }),
    };
    const rest = new transport/* Transport */.oK({
        ...options,
        baseUrl: context.apiUrl,
        baseUrlSource: 'GITHUB_API_URL',
        headers,
        timeout,
        classifyResponse: classifyResponse,
    });
    const graphql = new transport/* Transport */.oK({
        ...options,
        baseUrl: options.env.GITHUB_GRAPHQL_URL ?? `${context.apiUrl}/graphql`,
        baseUrlSource: 'GITHUB_GRAPHQL_URL',
        headers,
        timeout,
        classifyResponse: classifyGraphql,
    });
    const repository = new Repository({ rest, graphql }, name);
    const signer = new RecordSigner(apiSecret, previousApiSecret);
    const run = { id: String(context.runId), attempt: context.runAttempt };
    return {
        repository,
        thread: (issue) => new Thread({ repository, signer, run, budget: options.budget, timeout, redact, now: Date.now }, issue),
        runUrl: `${context.serverUrl}/${name}/actions/runs/${context.runId}`,
        close: async () => {
            await Promise.all([rest.close(), graphql.close()]);
        },
    };
}

;// CONCATENATED MODULE: ./lib/operations/open-github.js

/**
 * Opens the repository that the workflow runs in, for an operation.
 * @param sockets how many connections are kept open at most
 * @throws LinkError outside of a workflow
 */
function openGitHub({ github, apiSecret, previousApiSecret, timeout }, event, { env, budget, runner }, sockets = 2) {
    return openRepository({
        context: event,
        token: github.token,
        apiSecret,
        previousApiSecret,
        timeout,
        redact: (text) => runner.redact(text),
    }, { env, budget, log: runner, sockets });
}

// EXTERNAL MODULE: ./lib/operations/report-result.js
var report_result = __webpack_require__(4463);
;// CONCATENATED MODULE: ./lib/github/issue.js

/** Whether there is a label of that name, which GitHub compares without case. */
function hasLabel({ labels }, label) {
    return labels.some((one) => one.toLowerCase() === label.toLowerCase());
}
/** Somebody from an event or a response; nobody that could pass for anybody where it can't be read. */
function readPerson(value) {
    const { id, login, type } = (0,json/* isRecord */.u)(value) ? value : {};
    const name = typeof login === 'string' ? login : '';
    return { id: Number(id) || 0, login: name, bot: type === 'Bot' || name.endsWith('[bot]') };
}

// EXTERNAL MODULE: ./lib/operations/circuit-breaker.js
var circuit_breaker = __webpack_require__(4833);
// EXTERNAL MODULE: ./lib/operations/workers.js
var workers = __webpack_require__(2648);
// EXTERNAL MODULE: ./lib/model/connection.js
var connection = __webpack_require__(8872);
;// CONCATENATED MODULE: ./lib/model/issue-record.js

/** More connections than these aren't on record for one issue. */
const MOST_ENTRIES = 50;
/** A request that nothing has been done about yet, as an entry. */
function newEntry(request) {
    return { request, intents: [], state: 'creating', expires: 0, renewed: 0 };
}
/** The connection's name in Fivetran. */
function nameOf({ schema, table }) {
    return (0,connection/* connectionName */.u)({ schema, ...(table !== undefined && { table }) });
}

;// CONCATENATED MODULE: ./lib/operations/follow-up/setup-states.js



/**
 * Reads how the connections of many entries stand: from a listing of their group where that takes
 * fewer requests than asking for each, otherwise one by one.
 * @returns an error for each connection that couldn't be read, alike where the reason is the same
 */
async function readSetupStates(entries, connections, concurrency, stopped) {
    const states = new Map();
    const groups = Map.groupBy(entries.filter(({ connection }) => connection !== undefined), ({ request }) => request.group);
    const single = [];
    await (0,workers/* inParallel */.H)([...groups], concurrency, async ([group, members]) => {
        try {
            const whole = members.length > 1 && (await list(group, members, states, connections));
            for (const entry of members) {
                if (!states.has(entry.connection ?? ''))
                    single.push([entry, whole]);
            }
        }
        catch (thrown) {
            const error = (0,model_errors/* asLinkError */.Lx)(thrown);
            for (const { connection = '' } of members)
                states.set(connection, error);
        }
    }, { stopped });
    await (0,workers/* inParallel */.H)(single, concurrency, async ([entry, isListed]) => {
        states.set(entry.connection ?? '', await ask(entry, isListed, connections));
    }, { stopped });
    return states;
}
/**
 * Reads a group's listing for as long as it can save requests: no more pages than connections to find.
 * @returns whether it was read to its end
 */
async function list(group, members, states, connections) {
    const missing = new Set(members.map(({ connection }) => connection ?? ''));
    let pages = 0;
    for await (const page of connections.pages(group, { limit: '1000' })) {
        for (const { id, setupState } of page.connections) {
            if (missing.delete(id))
                states.set(id, setupState ?? 'incomplete');
        }
        pages += 1;
        if (missing.size === 0 || pages >= members.length)
            return false;
    }
    return true;
}
/** Asks for one connection. That it was deleted is believed only when two responses say so. */
async function ask(entry, isMissing, connections) {
    const { connection = '', request } = entry;
    try {
        return (await connections.get(connection)).setupState ?? 'incomplete';
    }
    catch (thrown) {
        const error = (0,model_errors/* asLinkError */.Lx)(thrown);
        if (error.code !== 'unknown-connection')
            return error;
        if (isMissing)
            return 'gone';
        const named = await connections.named(request.group, nameOf(request)).catch(model_errors/* asLinkError */.Lx);
        if (named instanceof model_errors/* LinkError */.R6)
            return named;
        return named.connections.some(({ id }) => id === connection) ? error : 'gone';
    }
}

;// CONCATENATED MODULE: ./lib/fivetran/service-names.js
/** Words of connector types that people write in another way than with one capital. */
const WORDS = new Map([
    ...`ActiveCampaign ADP AppsFlyer BambooHR BigCommerce BigQuery BrowserStack ClickUp CloudFront
  CockroachDB ConnectWise DB DoubleClick DSP DV360 DynamoDB EBS ERP Freshservice FTP GitHub GitLab
  GraphQL HCM HiBob HR HubSpot IO iOS iTunes JavaScript LinkedIn LiveChat LivePerson Mailchimp MariaDB
  MongoDB MySQL NetSuite OneTrust PagerDuty PayPal PostgreSQL PrestaShop QuickBooks RDS RSS S3
  Salesloft SAP SendGrid ServiceNow SFTP SharePoint ShipStation SQL SurveyMonkey TikTok UKG URL VAN
  WooCommerce WordPress YouTube ZoomInfo CRM API AWS GCP SQS SNS CSV HANA`
        .split(/\s+/)
        .map((word) => [word.toLowerCase(), word]),
    ['maria', 'MariaDB'],
    ['mongo', 'MongoDB'],
    ['postgres', 'PostgreSQL'],
    ...['and', 'by', 'for', 'from', 'of', 'the'].map((word) => [word, word]),
]);
/** A connector type as people write it, put together from its words: «Google Ads» from `google_ads`. */
function nameFromType(service) {
    const words = service.split('_').filter(Boolean);
    return words
        .map((word, index) => {
        const written = WORDS.get(word);
        return index > 0 && written ? written : capitalised(written ?? word);
    })
        .join(' ');
}
function capitalised(word) {
    return /^[a-z]+[A-Z]/.test(word) ? word : word.slice(0, 1).toUpperCase() + word.slice(1);
}

;// CONCATENATED MODULE: ./lib/github/event.js


const COMMAND = '/connect-card';
/**
 * Reads the event that started the run: the approving label, or the command on an issue that has it.
 * Bots count only when they are approvers. Whether the issue is still open and labelled has to be asked.
 */
function readTrigger(context, { label, approvers }, triggeringActor) {
    const { eventName, payload } = context;
    const event = `${eventName}${payload.action ? `: ${payload.action}` : ''}`;
    const kind = { 'issues: labeled': 'label', 'issue_comment: created': 'command' }[event];
    if (kind !== 'label' && kind !== 'command') {
        return skip(`It acts on issues: labeled and issue_comment: created, not on ${event}.`);
    }
    const { issue, comment: written } = payload;
    const comment = (0,json/* isRecord */.u)(written) ? written : {};
    if (!(0,json/* isRecord */.u)(issue))
        return skip('The event names no issue.');
    if (issue.pull_request)
        return skip('This is a pull request, not an issue.');
    if (issue.state !== 'open')
        return skip('The issue is closed.');
    const command = kind === 'command' ? readCommand(comment.body) : '';
    if (kind === 'label' && !hasLabel({ labels: namesOf([payload.label]) }, label)) {
        return skip(`The label that was added isn't ${label}.`);
    }
    if (command === undefined)
        return skip(`The comment doesn't start with ${COMMAND}.`);
    if (kind === 'command' && !hasLabel({ labels: namesOf(issue.labels) }, label)) {
        return skip(`The issue doesn't have the label ${label}.`);
    }
    const by = readPerson(kind === 'label' ? payload.sender : comment.user);
    if (by.bot && !isAmong(approvers, by)) {
        return skip('A bot did this, and it is not among the approvers.');
    }
    const isRerun = context.runAttempt > 1;
    return {
        kind,
        by,
        at: Date.parse(String(kind === 'label' ? issue.updated_at : comment.created_at)),
        isRerun,
        rerunBy: isRerun && triggeringActor ? readPerson({ login: triggeringActor }) : undefined,
        issue: {
            number: Number(issue.number),
            body: typeof issue.body === 'string' ? issue.body : '',
            author: readPerson(issue.user),
        },
        comment: kind === 'command' ? Number(comment.id) : undefined,
        name: command,
    };
}
/** Whether somebody is in a list of logins, which GitHub compares without case. */
function isAmong(logins, { login }) {
    return logins.some((one) => one.toLowerCase() === login.toLowerCase());
}
/** What follows the command in a comment's first line with text; undefined where it isn't one. */
function readCommand(body) {
    const lines = typeof body === 'string' ? body.split(/\r?\n/) : [];
    const first = lines.find((line) => line.trim())?.trim() ?? '';
    const [word, ...name] = first.split(/[ \t]+/);
    return word === COMMAND ? name.join(' ').slice(0, 100) : undefined;
}
function namesOf(labels) {
    return (Array.isArray(labels) ? labels : []).filter(json/* isRecord */.u).map(({ name }) => String(name));
}
function skip(why) {
    return { skipped: why };
}

;// CONCATENATED MODULE: ./lib/report/links-in-comment.js

/** A link as a comment shows it: parsed and written again, it has no blank, `>` or backslash in it. */
function shownLink(link) {
    return new URL(link).href.replaceAll('\\', '%5C');
}
/** By which a link is recognized without being on record: 128 bits of its SHA-256. */
function fingerprintOf(link) {
    return (0,external_node_crypto_.createHash)('sha256').update(shownLink(link)).digest('base64url').slice(0, 22);
}
/**
 * The links in a comment, by their fingerprints. Whoever may edit comments can have put others in
 * there, so a link counts only where the signed record has its fingerprint.
 */
function linksIn(body) {
    const links = new Map();
    for (const [link] of body.matchAll(/https?:\/\/[^\s<>"'`)\]]+/g)) {
        if (URL.canParse(link))
            links.set(fingerprintOf(link), link);
    }
    return links;
}

;// CONCATENATED MODULE: ./lib/report/comment.js





/** GitHub takes 65,536 characters; the rest is for the record. */
const MOST_CHARACTERS = 30_000;
/** How things stand with an issue's connections, in the words of its one comment. */
function issueText(view) {
    const { entries, notice } = view;
    if (entries.length === 0)
        return page(notice?.title ?? 'No connections yet', notice?.text);
    const ready = entries.filter(({ state }) => state === 'ready');
    const steps = ready.length > 0 && view.showLinks ? STEPS : undefined;
    return page(headingOf(entries), notice?.text, sourcesText(view), steps, closingText(view));
}
/**
 * What people read while a run is at work.
 * @param names of the connector types whose links are being created
 */
function workingText(names) {
    const list = names.map((name) => `**${(0,markdown/* plain */.pj)(name)}**`).join(', ');
    return page(names.length === 1 ? 'Creating your link' : 'Creating your links', `A Connect Card link for ${list || 'this issue'} is being created. This comment will show it in a moment.`);
}
function headingOf(entries) {
    const count = (state) => entries.filter((entry) => entry.state === state).length;
    const all = entries.length;
    if (count('connected') === all)
        return 'Connected';
    if (count('connected') > 0)
        return `${count('connected')} of ${all} connected`;
    if (count('ready') > 0)
        return all === 1 ? 'Connect your data source' : 'Connect your data sources';
    if (count('broken') > 0)
        return 'A connection needs your attention';
    if (count('expired') > 0)
        return all === 1 ? 'The link has expired' : 'The links have expired';
    if (count('gone') === all)
        return 'The connection was deleted';
    return 'No link yet';
}
const STEPS = [
    '1. Open the link. It leads to a page of Fivetran, the service that moves the data. Sign in to your own account there; nobody here sees what you enter.',
    '2. Click **Save & Test**.',
    '3. Done. Your data arrives in the destination under the name shown above.',
].join('\n');
function sourcesText(view) {
    const lines = [];
    let characters = 0;
    for (const [index, entry] of view.entries.entries()) {
        const line = `- **${sourceName(entry)}** as ${destinationOf(entry)}: ${stateText(entry, view)}`;
        characters += line.length + 1;
        if (characters > MOST_CHARACTERS) {
            lines.push(`- … and ${view.entries.length - index} more, in the run's results.`);
            break;
        }
        lines.push(line);
    }
    return lines.join('\n');
}
function sourceName({ title, request }) {
    return (0,markdown/* plain */.pj)(title ?? nameFromType(request.service));
}
function destinationOf({ request, destination }) {
    return `${(0,markdown/* code */.aY)(nameOf(request))}${destination ? ` in ${(0,markdown/* plain */.pj)(destination)}` : ''}`;
}
function stateText(entry, view) {
    const { state, expires, connection } = entry;
    const until = `works until **${(0,markdown/* readableTime */.GI)(new Date(expires))}**`;
    switch (state) {
        case 'ready': {
            if (!view.showLinks)
                return `the link was created and ${until}`;
            const link = view.links.get(entry.link ?? '');
            if (!link)
                return `the link was created and ${until}, but this comment no longer has it`;
            return `**[Open the Connect Card](<${shownLink(link)}>)**, ${until}`;
        }
        case 'connected':
            return 'connected';
        case 'expired':
            return 'the link has expired, and the source isn’t connected yet';
        case 'broken':
            return 'Fivetran can’t reach the data any more. A changed password or withdrawn access are common causes. A fresh link leads to the page where you sign in again';
        case 'gone':
            return 'the connection was deleted in Fivetran';
        default: {
            const why = FAILURES[entry.error ?? ''] ?? 'the link couldn’t be created';
            const id = connection ? ` The connection exists (${(0,markdown/* code */.aY)(connection)}).` : '';
            return `${why} (${(0,markdown/* code */.aY)(entry.error ?? 'cancelled')}).${id}`;
        }
    }
}
const FAILURES = {
    'rate-limited': 'Fivetran is rate-limiting requests at the moment',
    timeout: 'Fivetran didn’t respond in time',
    'server-error': 'Fivetran has a problem at the moment',
    network: 'Fivetran couldn’t be reached',
    cancelled: 'the run was cancelled before the link was created',
    'create-unknown': 'couldn’t confirm whether the connection was created',
    'ownership-unclear': 'couldn’t confirm that the connection belongs to this issue',
    'duplicate-connection': 'there are several connections of this name, so no link is shown',
    'not-this-issues': 'this name can’t be used. Choose another schema',
    'different-request': 'the request has changed. The connection stays as it was; open a new issue for another one',
};
function closingText({ entries, showLinks, commandWorks, runUrl }) {
    const has = (...states) => entries.some(({ state }) => states.includes(state));
    const parts = [];
    if (has('ready') && showLinks) {
        parts.push('Keep the links to yourself: whoever has one can connect a source in your place.');
    }
    if (has('ready') && !showLinks) {
        parts.push('Everybody can read this repository, so this comment has no link.');
    }
    if (has('ready', 'expired', 'broken', 'failed', 'creating') && commandWorks) {
        const one = entries.length > 1 ? `, or \`${COMMAND} NAME\` for one of them` : '';
        parts.push(`For fresh links, comment \`${COMMAND}\` on this issue${one}.`);
    }
    if (has('gone')) {
        parts.push('To create a deleted connection again, a maintainer removes the approving label and adds it again.');
    }
    if (has('failed', 'creating')) {
        parts.push(`A maintainer finds the reason in [the run's log](<${shownLink(runUrl)}>).`);
    }
    if (entries.length > MOST_ENTRIES) {
        parts.push(`Only ${MOST_ENTRIES} connections of an issue are on record.`);
    }
    return parts.length > 0 ? parts.join(' ') : undefined;
}
function page(title, ...paragraphs) {
    return [`### ${title}`, ...paragraphs.filter((one) => one !== undefined)].join('\n\n');
}

;// CONCATENATED MODULE: ./lib/operations/display-names.js

/** What people call the connector types of a run, asked beside everything else and never waited for. */
class DisplayNames {
    #types;
    #known = new Map();
    constructor(types) {
        this.#types = types;
    }
    /** Begins to ask for a connector type's name. */
    begin(service) {
        void this.#types.describe(service).then((type) => this.#known.set(service, type));
    }
    /** An entry with its name, where that is known by now. */
    applyTo(entry) {
        const type = this.#known.get(entry.request.service);
        if (entry.title !== undefined || !type)
            return entry;
        return { ...entry, title: type.name, ...(type.docsUrl && { docs: type.docsUrl }) };
    }
}
/** What people call an entry's connector type: its name on record, or one put together. */
function titleOf({ title, request }) {
    return title ?? nameFromType(request.service);
}

;// CONCATENATED MODULE: ./lib/operations/issue-comment.js





/**
 * The words of an issue's comment: how its connections stand, with the links that this run created
 * and those that the comment had before.
 */
function commentText(entries, snapshot, cards, { allowPublicComment, label, runUrl }, notice) {
    const links = linksIn(snapshot.comment?.body ?? '');
    for (const { link } of cards)
        links.set(fingerprintOf(link), link);
    return issueText({
        entries,
        links,
        showLinks: allowPublicComment || !snapshot.public,
        commandWorks: hasLabel(snapshot.issue, label),
        runUrl,
        ...(notice && { notice }),
    });
}
/** Said where a comment leaves links out. */
const PUBLIC = 'The repository is public, so the comment has no link: pass the outputs on, or set allow-public-comment. (public-repository)';
/** The error where everything was created and only the comment couldn't be written. */
function notCommented(error) {
    return new model_errors/* LinkError */.R6(error.code, `What was created is in the step's outputs, but the issue's comment couldn't be written. ${error.message}`, `${error.fix} A comment ${COMMAND} then creates fresh links.`, { cause: error });
}

;// CONCATENATED MODULE: ./lib/operations/follow-up/follow-entry.js

/**
 * An entry as it stands now.
 * @param date GitHub's time, in milliseconds
 * @returns the very same entry where nothing has changed
 */
function followEntry(entry, states, date) {
    // Whoever was creating it isn't any more: otherwise the issue would be claimed.
    if (entry.state === 'creating')
        return { ...entry, state: 'failed', error: 'cancelled' };
    const found = entry.connection === undefined ? undefined : states.get(entry.connection);
    if (found === undefined || found instanceof model_errors/* LinkError */.R6)
        return entry;
    const works = entry.state === 'ready' && date < entry.expires;
    // The link with which somebody is to sign in again.
    if (found === 'broken' && works && entry.repairs)
        return entry;
    if (found !== 'incomplete') {
        return entry.state === found ? entry : { ...withoutLink(entry), state: found };
    }
    if (works)
        return entry;
    if (entry.state === 'failed' || entry.state === 'expired')
        return entry;
    return { ...withoutLink(entry), state: 'expired' };
}
/** Whether an entry is to have a fresh link, where expired links are replaced. */
function isRenewable({ connection, state, error }) {
    if (connection === undefined || error === 'duplicate-connection')
        return false;
    return state === 'expired' || state === 'failed';
}
function withoutLink({ link: _, error: __, repairs: ___, ...entry }) {
    return { ...entry, expires: 0 };
}
/** How an issue stands as a whole: what somebody has to do something about comes first. */
function outcomeOf(entries) {
    const states = new Set(entries.map(({ state }) => state));
    if (entries.length === 0)
        return 'bad-record';
    if (states.has('broken'))
        return 'broken';
    if (states.has('gone'))
        return 'gone';
    if (states.has('expired'))
        return 'expired';
    return states.size === 1 && states.has('connected') ? 'connected' : 'waiting';
}

;// CONCATENATED MODULE: ./lib/operations/follow-up/update-issue.js







/**
 * Brings one issue up to date with its connections. Writes only what isn't so already. Never throws: a
 * failure is a result, and doesn't concern the other issues.
 */
async function updateIssue(snapshot, states, job) {
    const { number } = snapshot.issue;
    const entries = snapshot.entries.map((entry) => followEntry(entry, states, snapshot.date));
    const result = {
        issue: number,
        outcome: outcomeOf(entries),
        changed: false,
        entries,
        cards: new Map(),
        ...(snapshot.comment && { commentUrl: snapshot.comment.url }),
    };
    try {
        const failed = entries
            .map(({ connection }) => states.get(connection ?? ''))
            .find((state) => state instanceof model_errors/* LinkError */.R6);
        await write(snapshot, states, result, job);
        if (failed)
            throw failed;
        if (result.outcome === 'connected')
            await finish(snapshot, result, job);
    }
    catch (error) {
        return { ...result, outcome: 'failed', error: (0,model_errors/* asLinkError */.Lx)(error) };
    }
    return result;
}
/** Brings the comment up to date, if it isn't. */
async function write(snapshot, states, result, job) {
    const thread = job.place.thread(snapshot.issue.number);
    const plan = (now) => planFor(now, states, job);
    if (job.dryRun) {
        result.changed = plan(snapshot) !== undefined;
        return;
    }
    if (!plan(snapshot))
        return tidy(thread, snapshot);
    const claim = await thread.claim(snapshot, async (now) => plan(now));
    if (!claim)
        return;
    const { entries, cards } = await renew(claim, result, job);
    result.entries = entries;
    const text = commentText(entries, claim.snapshot, cards, job.rules);
    result.commentUrl = await claim.publish({ entries, text });
    result.changed = true;
}
/** What there is to write; undefined where all is as the comment says. */
function planFor(now, states, job) {
    const entries = now.entries.map((entry) => followEntry(entry, states, now.date));
    const renewals = entries.filter((entry) => job.task.renewLinks &&
        isRenewable(entry) &&
        states.get(entry.connection ?? '') === 'incomplete');
    const isSame = entries.every((entry, index) => entry === now.entries[index]);
    if (isSame && renewals.length === 0)
        return undefined;
    const showsLinks = entries.some(({ state }) => state === 'ready');
    // GitHub mails a new comment as it is first: what it says then must be free of links.
    const text = renewals.length > 0 || showsLinks
        ? workingText(renewals.map(titleOf))
        : commentText(entries, now, [], job.rules);
    return { entries, text, renewals };
}
/** Creates fresh links in place of those that have expired. */
async function renew({ plan, snapshot, deadline }, result, { connections, task, maskCard }) {
    const within = connections.within(deadline);
    const cards = [];
    const renewed = plan.entries.map(async (entry) => {
        if (!plan.renewals.includes(entry) || entry.connection === undefined)
            return entry;
        try {
            const card = await within.createCard(entry.connection, task.card);
            maskCard(card);
            cards.push(card);
            result.cards.set(entry.connection, card);
            const { error: _, ...rest } = entry;
            const link = { link: fingerprintOf(card.link), expires: card.expiresAt.getTime() };
            return { ...rest, ...link, state: 'ready', renewed: snapshot.date };
        }
        catch (thrown) {
            const error = (0,model_errors/* asLinkError */.Lx)(thrown);
            result.error ??= error;
            return { ...entry, state: 'failed', error: error.code };
        }
    });
    return { entries: await Promise.all(renewed), cards };
}
/** What is to be put right where the words stay as they are. */
async function tidy(thread, snapshot) {
    if (snapshot.leases.length > 0)
        return;
    await thread.deleteAll(snapshot.replaced);
    if (snapshot.previousKey)
        await thread.signAnew(snapshot);
}
/** Labels and closes an issue that is connected. */
async function finish({ issue }, result, { place, task, dryRun }) {
    const { connectedLabel: label, closeConnected } = task;
    const isLabelled = !label || hasLabel(issue, label);
    if (isLabelled && !closeConnected)
        return;
    if (!dryRun && !isLabelled)
        await place.repository.addLabel(issue.number, label);
    if (!dryRun && closeConnected)
        await place.repository.closeIssue(issue.number);
    result.changed = true;
}

;// CONCATENATED MODULE: ./lib/operations/follow-up/follow-up.js





/**
 * Brings all open issues with the approving label up to date. One that fails doesn't stop the others,
 * unless they would fail alike.
 * @param onResult told of each issue when it is done
 * @throws LinkError when the issues can't be listed
 */
async function followUp(options, onResult) {
    const { log, concurrency, connections, stopped } = options;
    const issues = await issuesToFollow(options);
    log.info(`Following up ${count(issues.length, 'issue')}.`);
    const entries = issues.flatMap((issue) => issue.entries);
    const states = await readSetupStates(entries, connections, concurrency, stopped);
    const breaker = new circuit_breaker/* CircuitBreaker */.a();
    await (0,workers/* inParallel */.H)(issues, concurrency, async (snapshot) => {
        const error = breaker.refusal();
        const result = error
            ? notBegun(snapshot, error)
            : await updateIssue(snapshot, states, options);
        if (!error)
            breaker.observe(result.error);
        if (result.error && !error) {
            log.warning(`Issue ${result.issue}: ${result.error.message} (${result.error.code})`);
        }
        else if (result.changed)
            log.info(`Issue ${result.issue}: ${result.outcome}, and now says so.`);
        onResult(result);
    }, { stopped });
}
async function issuesToFollow({ place, task, issueNumber, log, }) {
    const { repository } = place;
    if (issueNumber !== undefined) {
        const snapshot = await place.thread(issueNumber).read();
        if (snapshot.issue.open && hasLabel(snapshot.issue, task.label))
            return [snapshot];
        log.notice(`Issue ${issueNumber} isn't an open issue with the label ${task.label}.`);
        return [];
    }
    // A list that changes while its pages are read may name an issue twice.
    const issues = new Map();
    for await (const pages of repository.openIssues(task.label)) {
        for (const page of pages) {
            const { number } = page.issue;
            if (!issues.has(number))
                issues.set(number, await place.thread(number).complete(page));
        }
    }
    return [...issues.values()];
}
function notBegun({ issue }, error) {
    const cards = new Map();
    return { issue: issue.number, outcome: 'failed', changed: false, entries: [], cards, error };
}
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/operations/follow-up/start.js







/** Follows up the repository's issues, and reports on each; returns whether it succeeded. */
async function startFollowUp(inputs, task, context) {
    const { runner, cancellation } = context;
    const results = [];
    const place = openGitHub(inputs, new Context(), context, inputs.concurrency);
    const { allowPublicComment, issueNumber } = inputs.github;
    const ended = followUp({
        task,
        connections: context.connections,
        place,
        dryRun: inputs.dryRun,
        rules: { allowPublicComment, label: task.label, runUrl: place.runUrl },
        maskCard: context.maskCard,
        issueNumber,
        concurrency: inputs.concurrency,
        stopped: () => cancellation.requested,
        log: runner,
    }, (result) => results.push(result));
    try {
        await Promise.race([ended, cancellation.over]);
    }
    finally {
        await place.close();
    }
    results.sort((a, b) => a.issue - b.issue);
    const errors = new Set(results.flatMap(({ error }) => (error instanceof model_errors/* NotBegun */.TI ? error.reason : (error ?? []))));
    if (cancellation.requested) {
        errors.add((0,model_errors/* cancelled */.KW)('The run was cancelled before all issues were followed up.'));
    }
    const outcome = errors.size > 0 ? 'failed' : inputs.dryRun ? 'dry-run' : 'followed-up';
    (0,outputs/* writeOutputs */.K)(results.map(followUpJson), { outcome }, context);
    runner.summary(followUpSummary(results));
    for (const error of errors)
        (0,report_result/* reportError */.N7)(error, runner);
    return errors.size === 0;
}

// EXTERNAL MODULE: ./lib/fivetran/services.js + 1 modules
var fivetran_services = __webpack_require__(7892);
;// CONCATENATED MODULE: ./lib/fivetran/connector-types.js




/** How long a name is waited for: a link isn't held up by the words around it. */
const LIMIT_MS = 5_000;
/**
 * The connector types' display names, as Fivetran's metadata has them. No failure gets out of here:
 * a name can be put together from the connector type, and a name that nobody knows stays unknown.
 * https://fivetran.com/docs/rest-api/api-reference/connector-metadata
 */
class ConnectorTypes {
    #transport;
    #limit;
    #described = new Map();
    #listed;
    #published;
    /** @param limit milliseconds after which a name is put together instead */
    constructor(transport, limit = LIMIT_MS) {
        this.#transport = transport;
        this.#limit = limit;
    }
    /** What people call a connector type. Asked once for each; never throws. */
    describe(service) {
        let described = this.#described.get(service);
        if (!described) {
            described = this.#describe(service);
            this.#described.set(service, described);
        }
        return described;
    }
    /**
     * The connector type that people call so, compared without case; undefined where none is, or
     * several are. Never throws.
     */
    async serviceCalled(displayName) {
        const slug = (0,fivetran_services/* slugOf */.tF)(displayName);
        if ((0,fivetran_services/* shapeOf */.F5)(slug))
            return slug;
        const name = folded(displayName);
        this.#listed ??= this.#list('/v1/metadata/connector-types?limit=1000');
        const listed = await this.#listed;
        if (listed.has(name))
            return listed.get(name);
        this.#published ??= this.#list('/public/connector-types');
        return (await this.#published).get(name);
    }
    async #describe(service) {
        const data = (0,fivetran_services/* canBeService */.pp)(service)
            ? await this.#inTime(this.#get(`/v1/metadata/connector-types/${service}`))
            : undefined;
        const said = (0,json/* isRecord */.u)(data) && typeof data.name === 'string' ? (0,model_errors/* oneLine */.TN)(data.name, 80) : '';
        return {
            name: said || nameFromType(service),
            docsUrl: (0,json/* isRecord */.u)(data) ? docsUrl(data.link_to_docs) : undefined,
        };
    }
    /** All pages of a list: connector types by name, undefined for a name that several have. */
    async #list(path) {
        const services = new Map();
        const cursors = new Set();
        for (let cursor = ''; !cursors.has(cursor);) {
            cursors.add(cursor);
            const next = cursor && `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
            const data = await this.#get(path + next);
            const items = (0,json/* isRecord */.u)(data) ? data.items : data;
            for (const item of Array.isArray(items) ? items : [])
                addTo(services, item);
            cursor = (0,json/* isRecord */.u)(data) && typeof data.next_cursor === 'string' ? data.next_cursor : '';
        }
        return services;
    }
    /** What an answer holds; undefined where there is none to be had. */
    async #get(path) {
        try {
            // As if it couldn't be repeated: where it fails, nothing is worth waiting for.
            const { body } = await this.#transport.send({ method: 'GET', path, repeatable: false });
            return (0,json/* isRecord */.u)(body) ? body.data : undefined;
        }
        catch {
            return undefined;
        }
    }
    async #inTime(answer) {
        let timer;
        const late = new Promise((resolve) => {
            timer = setTimeout(resolve, this.#limit, undefined);
        });
        try {
            return await Promise.race([answer, late]);
        }
        finally {
            clearTimeout(timer);
        }
    }
}
function addTo(services, item) {
    if (!(0,json/* isRecord */.u)(item) || typeof item.id !== 'string' || typeof item.name !== 'string')
        return;
    if (!(0,fivetran_services/* canBeService */.pp)(item.id))
        return;
    const name = folded(item.name);
    services.set(name, services.has(name) && services.get(name) !== item.id ? undefined : item.id);
}
function folded(name) {
    return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
/** A link that can be shown: Fivetran's own, encrypted. */
function docsUrl(given) {
    if (typeof given !== 'string' || !URL.canParse(given))
        return undefined;
    const { protocol, hostname, port, username, password, href } = new URL(given);
    const isFivetran = hostname === 'fivetran.com' || hostname.endsWith('.fivetran.com');
    const isPlain = protocol === 'https:' && !port && !username && !password;
    return isFivetran && isPlain ? href : undefined;
}

// EXTERNAL MODULE: ./lib/fivetran/naming.js
var naming = __webpack_require__(9902);
// EXTERNAL MODULE: ./lib/model/link.js
var model_link = __webpack_require__(1372);
;// CONCATENATED MODULE: ./lib/report/notices.js


// What a run says in an issue when it can't do what was asked for: nothing of it is anybody's words
// but the workflow's.
const AGAIN = 'edit the issue description, then have a maintainer remove the label and add it again';
/** The form can't be used as it is. */
function incompleteNotice(problems) {
    const list = problems.map(({ input, message, fix }) => `- **${(0,markdown/* plain */.pj)(input)}** ${(0,markdown/* plain */.pj)(`${message} ${fix}`)}`);
    return {
        title: 'The form needs a correction',
        text: [
            'No link was created, because of these fields of the form:',
            list.join('\n'),
            `To correct it, ${AGAIN}.`,
        ].join('\n\n'),
    };
}
/** Whoever added the label may not approve. */
function notApprovedNotice(label, approvers) {
    const who = approvers.length > 0
        ? `one of its approvers (${approvers.map(markdown/* code */.aY).join(', ')})`
        : 'somebody with triage rights or more';
    return {
        title: 'Waiting for approval',
        text: `No link was created: the label ${(0,markdown/* code */.aY)(label)} counts only when ${who} adds it. They check the request, remove the label and add it again.`,
    };
}
/** There is no record of an approval that could be relied on. */
function approveAgainNotice(label) {
    return {
        title: 'A maintainer must approve again',
        text: `No approval of this issue is on record, because the API key was changed or the action's comment was deleted, for example. A maintainer removes the label ${(0,markdown/* code */.aY)(label)} and adds it again.`,
    };
}
/** The command names a connection that the issue doesn't have. */
function noSuchSourceNotice(names) {
    return {
        title: 'No such connection',
        text: `This issue has no connection of that name. It has ${names.map(markdown/* code */.aY).join(', ')}.`,
    };
}
/** Whatever else went wrong, in words for those who wait; the rest is in the run's log. */
function failedNotice(error, runUrl) {
    return {
        title: 'No link yet',
        text: `The link couldn't be created. A maintainer finds the reason in [the run's log](<${runUrl}>) (${code(error.code)}).`,
    };
}
/** What a list of results has that the issue's list doesn't: failures, and more than it holds. */
function unlistedNotice(failed, unlisted) {
    const lines = failed.slice(0, MOST_FAILURES).map((result) => {
        const { target } = result;
        const name = target.name ?? target.schema ?? target.connectionId ?? target.service ?? '';
        return `- ${(0,markdown/* plain */.pj)(name)}: no link (${(0,markdown/* code */.aY)((0,model_link/* errorOf */.Mz)(result)?.code ?? result.outcome)})`;
    });
    const more = failed.length - lines.length;
    if (more > 0)
        lines.push(`- … and ${more} more`);
    if (unlisted > 0) {
        lines.push(`- ${unlisted} more links were created: they are in the run's results.`);
    }
    return lines.length > 0 ? { title: 'No link yet', text: lines.join('\n') } : undefined;
}
/** More failures than these say nothing new. */
const MOST_FAILURES = 50;

;// CONCATENATED MODULE: ./lib/operations/entries.js


/** Whether two requests are for the same connection. */
function sameRequest(one, other) {
    return (one.group === other.group &&
        (0,fivetran_services/* sameService */.cm)(one.service, other.service) &&
        nameOf(one) === nameOf(other));
}
/** The list with an entry added, or put in the place of the one for the same connection. */
function withEntry(entries, entry) {
    const index = entries.findIndex((one) => isSame(one, entry));
    return index < 0 ? [...entries, entry] : entries.with(index, entry);
}
function isSame(one, other) {
    if (one.connection !== undefined && one.connection === other.connection)
        return true;
    return sameRequest(one.request, other.request);
}

;// CONCATENATED MODULE: ./lib/operations/hand-over.js















/**
 * Creates the one link of a run while the issue is claimed, and puts it on the issue's list. If that
 * can't be done the link is created all the same, and the result says what failed: the outputs have it.
 */
async function createOnIssue(request, inputs, context, create) {
    const issue = openIssue(inputs, context);
    if (!issue)
        return { result: await create(context.connections) };
    try {
        const claim = await issue.claim().catch(model_errors/* asLinkError */.Lx);
        if (claim instanceof model_errors/* LinkError */.R6) {
            return { result: (0,model_link/* asFailed */.eq)(await create(context.connections), notCommented(claim)) };
        }
        if (request.kind === 'named')
            issue.names.begin(request.connection.service);
        const result = await create(context.connections.within(claim.deadline));
        try {
            return { result, commentUrl: await publish([result], claim, issue, context) };
        }
        catch (thrown) {
            return { result: (0,model_link/* asFailed */.eq)(result, notCommented((0,model_errors/* asLinkError */.Lx)(thrown))) };
        }
    }
    finally {
        await issue.close();
    }
}
/**
 * Puts the links that many requests have created on the issue's list, as far as that holds them. A link
 * that another run has replaced meanwhile isn't put there again.
 * @returns where the comment is; undefined when there is no issue
 * @throws LinkError when the comment can't be written
 */
async function handOver(results, inputs, context) {
    const issue = openIssue(inputs, context);
    if (!issue)
        return undefined;
    try {
        const services = new Set(results.flatMap(({ connection }) => connection?.service ?? []));
        for (const service of [...services].slice(0, MOST_ENTRIES))
            issue.names.begin(service);
        return await publish(results, await issue.claim(), issue, context);
    }
    catch (thrown) {
        throw notCommented((0,model_errors/* asLinkError */.Lx)(thrown));
    }
    finally {
        await issue.close();
    }
}
/** The issue that the workflow names, or else the event's; undefined for none, and for a dry run. */
function openIssue(inputs, context) {
    const event = new Context();
    const number = inputs.github.issueNumber ?? issueOf(event);
    if (number === undefined || inputs.dryRun)
        return undefined;
    const place = openGitHub(inputs, event, context);
    const { allowPublicComment, label } = inputs.github;
    const thread = place.thread(number);
    return {
        names: new DisplayNames(new ConnectorTypes(context.fivetran)),
        rules: { allowPublicComment, label, runUrl: place.runUrl },
        claim: async () => {
            const working = { text: workingText([]) };
            return thread.claim(await thread.read(), async ({ entries }) => ({ entries, ...working }));
        },
        close: () => place.close(),
    };
}
async function publish(results, claim, { names, rules }, context) {
    const { snapshot } = claim;
    // Whatever becomes of the comment, the links aren't lost.
    (0,report_result/* outputResults */.Qg)(results, {}, context);
    const cards = results.flatMap(({ card }) => card ?? []);
    if (cards.length > 0 && snapshot.public && !rules.allowPublicComment)
        context.runner.notice(PUBLIC);
    const { entries, notice } = hand_over_list(results, snapshot);
    const named = entries.map((entry) => names.applyTo(entry));
    const text = commentText(named, snapshot, cards, rules, notice);
    return claim.publish({ entries: named, text });
}
/** The issue's list with what this run has created. */
function hand_over_list(results, { entries: before, date }) {
    let entries = [...before];
    let unlisted = 0;
    const failed = [];
    for (const result of results) {
        const { connection } = result;
        if (!connection) {
            failed.push(result);
            continue;
        }
        const known = entries.find((entry) => entry.connection === connection.id);
        if (!known && entries.length >= MOST_ENTRIES)
            unlisted += 1;
        else
            entries = withEntry(entries, entryOf(result, connection, known, date));
    }
    const notice = unlistedNotice(failed, unlisted);
    return notice ? { entries, notice } : { entries };
}
/** An entry for what one request has created, or what another run has put in its place since. */
function entryOf(result, connection, known, date) {
    const { card } = result;
    const { error: _, ...entry } = known ?? newEntry(requestOf(connection));
    const base = { ...entry, connection: connection.id, intents: [] };
    if (result.outcome === 'connected')
        return { ...base, state: 'connected', expires: 0 };
    if (!card) {
        return { ...base, state: 'failed', expires: 0, error: (0,model_link/* errorOf */.Mz)(result)?.code ?? 'internal' };
    }
    const expires = card.expiresAt.getTime();
    if (known && known.expires > expires)
        return known;
    return { ...base, state: 'ready', expires, link: fingerprintOf(card.link), renewed: date };
}
/** A connection that exists as a request, its name in the parts that a form has. */
function requestOf({ service, groupId: group, name }) {
    const [, tableField] = (0,naming/* nameFieldsOf */.U)(service);
    const dot = tableField ? name.indexOf('.') : -1;
    if (dot < 0)
        return { group, service, schema: name };
    return { group, service, schema: name.slice(0, dot), table: name.slice(dot + 1) };
}
/** The event's issue; a pull request is none. */
function issueOf({ payload }) {
    const issue = payload.issue;
    return (0,json/* isRecord */.u)(issue) && !issue.pull_request ? Number(issue.number) : undefined;
}

// EXTERNAL MODULE: ./lib/operations/results-so-far.js
var results_so_far = __webpack_require__(392);
;// CONCATENATED MODULE: ./lib/github/approval.js

/**
 * Whether whoever set the run off may do so, and whoever ran it again. A label proves nothing by
 * itself: an issue form adds one in the name of whoever fills it in. So it counts for those who have
 * triage rights, and are among the approvers where there are any. The command renews what was
 * approved, and is open to the issue's author, too.
 */
async function isEntitled(trigger, approvers, repository) {
    const { by, rerunBy } = trigger;
    const people = rerunBy && rerunBy.login.toLowerCase() !== by.login.toLowerCase() ? [by, rerunBy] : [by];
    const entitled = await Promise.all(people.map((person) => mayAsk(person, trigger, approvers, repository)));
    return entitled.every(Boolean);
}
async function mayAsk(person, { kind, issue }, approvers, repository) {
    // Apps have no role: a bot counts only as one of the approvers.
    if (person.bot)
        return isAmong(approvers, person);
    if (kind === 'command')
        return isAuthor(person, issue) || repository.mayTriage(person.login);
    if (approvers.length > 0 && !isAmong(approvers, person))
        return false;
    return repository.mayTriage(person.login);
}
function isAuthor(person, { author }) {
    // Of whoever runs a job again only the login is known.
    if (person.id === 0)
        return person.login !== '' && person.login === author.login;
    return person.id === author.id;
}

;// CONCATENATED MODULE: ./lib/issue-form/headings.js
/** The headings of an issue form that decide what is created, in lower case. */
const HEADINGS = ['service', 'schema', 'table', 'destination'];

;// CONCATENATED MODULE: ./lib/issue-form/lookalikes.js

/** Nobody takes more letters for a heading. */
const MOST_LETTERS = 200;
/** Stands for any one letter, or for none. */
const ANY = '\uE000';
/** A letter of another script, until it is known how many there are. */
const FOREIGN = '\uE001';
/** Letters that look like Latin ones, once accents and fonts are undone. */
const LATIN = new Map([
    ['аαɑⲁ', 'a'],
    ['вβьʙƅ', 'b'],
    ['сϲⲥᴄ', 'c'],
    ['ԁɗ', 'd'],
    ['еεɛєҽℯ', 'e'],
    ['һнʜηհ', 'h'],
    ['іıɩιӏ1', 'l'],
    ['ⅼi', 'l'],
    ['мᴍʍ', 'm'],
    ['пոռɴπ', 'n'],
    ['оοσօⲟ0', 'o'],
    ['гʀᴦɼꭇ', 'r'],
    ['ѕꜱ5$', 's'],
    ['тτᴛ', 't'],
    ['νѵᴠυ', 'v'],
].flatMap(([letters = '', latin = '']) => [...letters].map((one) => [one, latin])));
/** Scripts whose letters nobody takes for Latin ones. */
const DISTINCT = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}\p{sc=Thai}\p{sc=Bengali}\p{sc=Tamil}]/u;
/** Scripts full of letters that look Latin, in which nobody fills in forms. */
const EXOTIC = /[\p{sc=Lisu}\p{sc=Cherokee}\p{sc=Coptic}\p{sc=Deseret}\p{sc=Osage}\p{sc=Canadian_Aboriginal}\p{sc=Old_Italic}\p{sc=Gothic}\p{sc=Tifinagh}\p{sc=Vai}\p{sc=Warang_Citi}\p{sc=Bamum}]/u;
const FOLDED = HEADINGS.map((heading) => [heading, fold(heading)]);
/**
 * The known heading that a line could be read as, whatever surrounds it: hashes, a list, a quote,
 * emphasis, entities, a link, invisible characters, look-alike letters. Rather one too many than one
 * too few: a person is asked to change the line.
 */
function readsAs(line) {
    const text = fold(line
        // Images, emoji, footnotes; where links lead; the marks before the text.
        .replace(/!\[[^[\]]*\](?:\([^()]*\)?|\[[^[\]]*\])?|:[a-z0-9_+-]{1,40}:/gi, ANY.repeat(12))
        .replace(/\[\^[^[\]]*\](?!:)/g, '')
        .replace(/\]\([^()]*\)?|\]\[[^[\]]*\]/g, ']')
        .replace(/^(?:[\s>*+#-]|\d+[.)]\s|\[[ x]?\]|\[\^?[^\]\s]*\]:)+/i, '')
        .replace(/&#x([0-9a-f]{1,6});/gi, (_, code) => character(Number.parseInt(code, 16)))
        .replace(/&#(\d{1,7});/g, (_, code) => character(Number(code)))
        .replace(/(?:&[a-z][a-z0-9]{1,40};)+/gi, ANY.repeat(12))
        .replace(/<[^<>]*>/g, '')
        .replace(/(?<=\p{L})[|!](?=\p{L})/gu, 'l'));
    return FOLDED.find(([, heading]) => couldBe(text, heading))?.[0];
}
/** A text's letters alone, those that look alike made one. */
function fold(text) {
    let folded = '';
    let foreign = 0;
    for (const one of text.normalize('NFKD').toLowerCase()) {
        if (folded.length > MOST_LETTERS)
            break;
        const latin = LATIN.get(one) ?? (/[a-z]/.test(one) ? one : undefined);
        if (latin)
            folded += latin;
        else if (one <= '\x7f')
            folded += /\d/.test(one) ? '*' : '';
        else if (one === ANY || EXOTIC.test(one))
            folded += ANY;
        else if (DISTINCT.test(one))
            folded += '*';
        else if (/[\p{L}\p{N}\p{So}]/u.test(one)) {
            folded += FOREIGN;
            foreign += 1;
        }
    }
    // A word that is mostly in letters of its own, such as «Клиент», is nobody's look-alike.
    const any = foreign > folded.length / 2 ? '*' : ANY;
    return folded.replaceAll(FOREIGN, any).replaceAll('rn', 'm').replaceAll('cl', 'd');
}
/** Whether a folded text is a word, with ANY for any letter or none. */
function couldBe(text, word) {
    if (text.length > MOST_LETTERS)
        return false;
    let ends = new Set([0]);
    for (const one of text) {
        const next = new Set();
        for (const end of ends) {
            if (one === ANY)
                next.add(end);
            if (end < word.length && (one === ANY || one === word[end]))
                next.add(end + 1);
        }
        ends = next;
    }
    return ends.has(word.length);
}
function character(code) {
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

;// CONCATENATED MODULE: ./lib/issue-form/hidden.js


/** A heading of the form as GitHub writes it, alone on its line; its text. */
function headingIn(line) {
    return /^### +(\S.*)$/.exec(line)?.[1]?.trim();
}
/** The known heading that a line is, exactly as GitHub writes it. */
function knownHeadingIn(line) {
    const title = /^### +([A-Za-z]+) *$/.exec(line)?.[1]?.toLowerCase();
    return HEADINGS.find((one) => one === title);
}
/** A tag, comment, instruction, declaration or CDATA section, or the beginning of one. */
const HTML = /<[a-z/!?]/i;
/** Links between angle brackets, which are no HTML: https://spec.commonmark.org/0.31.2/#autolinks */
const AUTOLINKS = /<(https?:\/\/|mailto:)[^\s<>]*>/gi;
/** Characters that turn the direction of letters round. */
const OVERRIDES = /[\u202D\u202E]/;
const asWhole = (message, fix) => ({
    heading: undefined,
    message,
    fix,
});
/**
 * Finds whatever could hide a heading that is read or show another in its place: raw HTML, code
 * blocks that aren't plainly closed, and lines that read like a known heading without being one.
 * Headings stand at the beginning of a line, so lists, quotes and paragraphs end before them; only
 * HTML, fences and GitHub's formulas can hold them: https://spec.commonmark.org/0.31.2/#leaf-blocks
 */
function findHidden(lines) {
    const problems = new Map();
    const add = (problem) => problems.set(`${problem.heading} ${problem.message}`, problem);
    let fence;
    for (const line of lines) {
        const like = readsAs(line);
        if (like && (fence || knownHeadingIn(line) !== like)) {
            add({
                heading: like,
                message: 'also stands where it only looks like the heading of an answer.',
                fix: `Remove or rename all of them except the form's own "### ${title(like)}".`,
            });
        }
        if (OVERRIDES.test(line)) {
            add(asWhole('has characters that reverse the direction of text.', 'Remove them.'));
        }
        if (fence) {
            if (isEnd(line, fence))
                fence = undefined;
            else if (/^\s*(```|~~~)/.test(line))
                add(UNCLEAR_FENCE);
            continue;
        }
        fence = /^(`{3,})[^`]*$|^(~{3,})/.exec(line)?.slice(1).find(Boolean);
        if (!fence && /^[\s>*+\-\d.)[\]x:^]*(```|~~~)/i.test(line))
            add(UNCLEAR_FENCE);
        if (HTML.test(line.replace(AUTOLINKS, ''))) {
            const fix = 'Remove tags and comments, also those of images; attach files in a comment instead.';
            add(asWhole('has HTML in it, which can hide answers.', fix));
        }
        if (line.includes('$$'))
            add(asWhole('has a formula in it ($$).', 'Remove it.'));
    }
    if (fence)
        add(UNCLEAR_FENCE);
    return [...problems.values()];
}
const UNCLEAR_FENCE = asWhole('has a code block that is indented, nested or not closed.', 'Begin and end code blocks at the beginning of a line, with the same ``` or ~~~.');
function isEnd(line, fence) {
    const run = line.trimEnd();
    return run.length >= fence.length && run === fence.charAt(0).repeat(run.length);
}
/** A heading as people write it. */
function title(heading) {
    return heading.slice(0, 1).toUpperCase() + heading.slice(1);
}

;// CONCATENATED MODULE: ./lib/issue-form/plain.js
/** Letters, digits and marks that mean nothing to Markdown there; begins with a letter or digit. */
const PLAIN = /^ {0,3}[\p{L}\p{N}_][\p{L}\p{N}\p{M} _.,'()&/!+{}-]*$/u;
/** Characters without a shape of their own. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** What GitHub takes for a commit, and shows seven characters of. */
const COMMIT = /\b(?=[a-f]*\d)[0-9a-f]{8,64}\b/i;
/**
 * Whether GitHub's page shows a line exactly as it is written: no list, code block, emphasis, link,
 * entity or escape. https://spec.commonmark.org/0.31.2/#inlines
 */
function isPlain(line) {
    if (!PLAIN.test(line) || INVISIBLE.test(line) || COMMIT.test(line))
        return false;
    // `1. ` begins a list.
    if (/^ *\d+[.)]( |$)/.test(line))
        return false;
    // `_a_` is emphasis: an underscore at the beginning of a word, and a later one at the end of one.
    const opens = line.search(/(?<![\p{L}\p{N}_])_/u);
    const closes = [...line.matchAll(/_(?![\p{L}\p{N}_])/gu)].at(-1)?.index ?? -1;
    return opens < 0 || closes <= opens;
}

;// CONCATENATED MODULE: ./lib/issue-form/form.js


/** What GitHub writes where a field was left empty, and what people write. */
const EMPTY = /^(_No response_|None)?$/i;
/** Nothing that belongs in these fields is longer. */
const form_MOST_CHARACTERS = 255;
/** A customer's name, in characters. */
const MOST_OF_CUSTOMER = 100;
/**
 * Reads the body that GitHub writes from an issue form: `### Label`, a blank line, the answer.
 * Whoever approves an issue has seen the page that GitHub makes of its body. So a body is a problem
 * if that page would show another value than the one that is read, or hide one.
 */
function readForm(body) {
    const lines = body.split(/\r\n|\r|\n/);
    const form = { services: [], values: {}, customer: undefined, problems: findHidden(lines) };
    const seen = new Set();
    for (const [index, line] of lines.entries()) {
        const heading = knownHeadingIn(line);
        if (!heading)
            continue;
        const answer = answerTo(lines, index);
        const fault = seen.has(heading) ? TWICE : readAnswer(form, heading, answer);
        if (fault)
            form.problems.push({ heading, ...fault });
        seen.add(heading);
    }
    form.customer = readCustomer(lines);
    return form;
}
const TWICE = { message: 'exists twice.', fix: 'Keep one of them.' };
const LAYOUT = {
    message: 'has a layout or characters that a name has not.',
    fix: 'Write plain text, without formatting or leading blanks.',
};
/** Puts an answer into the form, unless something is wrong with it. */
function readAnswer(form, heading, answer) {
    const [first = '', ...more] = answer;
    if (more.length === 0 && EMPTY.test(first.trim()))
        return undefined;
    if (answer.some((line) => line.length > form_MOST_CHARACTERS)) {
        return { message: 'is too long.', fix: 'Write one short name.' };
    }
    if (heading === 'service') {
        const services = readServices(answer);
        if (!services)
            return LAYOUT;
        form.services = services;
        return undefined;
    }
    if (more.length > 0)
        return { message: 'has several lines.', fix: 'Write one short name.' };
    if (!isPlain(first))
        return LAYOUT;
    form.values[heading] = shown(first);
    return undefined;
}
/**
 * The names in an answer, as GitHub writes several: checkboxes, or a list divided by commas; or as
 * people do, one per line. Undefined for anything else.
 */
function readServices(answer) {
    const boxes = answer.map((line) => /^- \[([ x])\] (.*)$/i.exec(line));
    if (boxes.every((box) => box && isPlain(box[2] ?? ''))) {
        return boxes.flatMap((box) => (box?.[1] === ' ' ? [] : shown(box?.[2] ?? '')));
    }
    if (!answer.every(isPlain))
        return undefined;
    return answer
        .flatMap((line) => line.split(','))
        .map(shown)
        .filter(Boolean);
}
/** Text as a page shows it: blanks around it are gone, and several are one. */
function shown(text) {
    return text.trim().replace(/ +/g, ' ');
}
/** The lines with something on them, from a heading to the next. */
function answerTo(lines, heading) {
    const from = lines.slice(heading + 1);
    const end = from.findIndex((line) => headingIn(line) !== undefined);
    return from.slice(0, end < 0 ? from.length : end).filter((line) => /[^ \t]/.test(line));
}
function readCustomer(lines) {
    const answers = lines.flatMap((line, index) => headingIn(line)?.toLowerCase() === 'customer' ? [answerTo(lines, index)] : []);
    const [[line = '', ...more] = [], ...others] = answers;
    const name = shown(line);
    const odd = more.length > 0 || others.length > 0 || name.length > MOST_OF_CUSTOMER;
    return odd || EMPTY.test(name) || /[\p{Cc}\p{Cf}]/u.test(name) ? undefined : name;
}

// EXTERNAL MODULE: ./lib/inputs/check-name.js
var check_name = __webpack_require__(4178);
// EXTERNAL MODULE: ./lib/inputs/check-request.js
var check_request = __webpack_require__(5308);
;// CONCATENATED MODULE: ./lib/issue-form/form-reader.js


/**
 * Reads answers from a form and collects what is wrong, apart by who can fix it. A problem of the
 * form counts only for the answers that are read: what the workflow fixed isn't the form's concern.
 */
class FormReader {
    #form;
    #read = new Set();
    #problems = new Map();
    workflowProblems = [];
    warnings = new Set();
    constructor(form) {
        this.#form = form;
    }
    /** The names under Service; none with a problem reported. */
    services() {
        const { services } = this.#form;
        if (this.#isFine('service') && services.length === 0)
            this.wrong('service', ...form_reader_EMPTY);
        return this.#isFine('service') ? services : [];
    }
    /** An answer; an empty text when it is missing, with a problem reported. */
    value(heading) {
        const value = this.#form.values[heading];
        if (this.#isFine(heading) && value === undefined)
            this.wrong(heading, ...form_reader_EMPTY);
        return value ?? '';
    }
    /** An answer that may be missing; where it is, nothing can be hidden. */
    optional(heading) {
        const { values, problems } = this.#form;
        const exists = heading in values || problems.some((one) => one.heading === heading);
        if (exists)
            return this.#isFine(heading) ? (values[heading] ?? '') : '';
        this.#read.add(heading);
        return '';
    }
    /** Reports a problem with an answer. */
    wrong(heading, message, fix) {
        this.#add(title(heading), message, fix);
    }
    /** Reports a problem that a finished request has: with an answer, or with what the workflow says. */
    checked(problem) {
        const heading = HEADINGS.find((one) => one === problem.input);
        if (!heading || !this.#read.has(heading)) {
            const known = this.workflowProblems.some(({ input, message }) => input === problem.input && message === problem.message);
            if (!known)
                this.workflowProblems.push(problem);
            // What is wrong with an answer as such has been said better.
        }
        else if (this.#isFine(heading))
            this.wrong(heading, problem.message, problem.fix);
    }
    /** Everything wrong with the answers that were read. */
    problems() {
        return [...this.#problems.values()];
    }
    /** Counts an answer as read; whether nothing is wrong with it. */
    #isFine(heading) {
        if (!this.#read.has(heading)) {
            this.#read.add(heading);
            for (const { heading: about, message, fix } of this.#form.problems) {
                if (!about || about === heading)
                    this.#add(about ? title(about) : WHOLE, message, fix);
            }
        }
        const input = title(heading);
        return !this.problems().some((problem) => problem.input === input);
    }
    #add(input, message, fix) {
        const problem = { code: 'form-incomplete', input, message, fix };
        this.#problems.set(`${input} ${message}`, problem);
    }
}
const form_reader_EMPTY = ['is empty.', 'Fill it in.'];
/** What a problem concerns that is none of a single answer. */
const WHOLE = 'Issue description';

// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./lib/issue-form/pattern.js

/**
 * Milliseconds for matching one text. Ordinary patterns take about one, on a busy runner a few more;
 * only one that tries every way of dividing a text, such as `(a+)+`, needs seconds.
 */
const pattern_LIMIT_MS = 5_000;
/**
 * Whether the whole of a text matches a regular expression in JavaScript's syntax. V8's engine may
 * take forever for some patterns and texts, so matching has a time limit.
 * @returns undefined when the limit was reached
 */
function matchesWhole(text, pattern, limit = pattern_LIMIT_MS) {
    const whole = new RegExp(`^(?:${pattern})$`);
    try {
        return (0,external_node_vm_.runInNewContext)('whole.test(text)', { whole, text }, { timeout: limit });
    }
    catch (error) {
        if (error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/inputs/onboarding-inputs.js
var onboarding_inputs = __webpack_require__(6961);
;// CONCATENATED MODULE: ./lib/issue-form/requested-services.js


/** More allowed services than these aren't listed. */
const MOST_LISTED = 10;
/**
 * The connector types that a form asks for, each once; none with a problem reported.
 * @param allowed those that can be asked for, with `*` for any text
 */
async function requested_services_readServices(read, allowed, resolve) {
    const names = read.services();
    if (names.length > onboarding_inputs/* MOST_SERVICES */.D) {
        read.wrong('service', `names more than ${onboarding_inputs/* MOST_SERVICES */.D}.`, 'Open another issue for the rest.');
        return [];
    }
    const services = [];
    const found = await Promise.all(names.map((name) => serviceOf(name, resolve)));
    for (const [index, service] of found.entries()) {
        if (service === undefined) {
            const [near] = (0,fivetran_services/* nearestServices */.HJ)(names[index] ?? '');
            const fix = near
                ? `Did you mean ${near}?`
                : "Write Fivetran's name for it, for example Google Ads or google_ads.";
            read.wrong('service', 'names a source that is not known.', fix);
        }
        else if (!allowed.some((pattern) => matches(service, pattern))) {
            read.wrong('service', "isn't one of those that can be asked for here.", choiceOf(allowed));
        }
        else if (!services.some((one) => (0,fivetran_services/* sameService */.cm)(one, service)))
            services.push(service);
    }
    return services;
}
/** A connector type by its own name, or by the one that people know. */
async function serviceOf(name, resolve) {
    const known = [name, (0,fivetran_services/* slugOf */.tF)(name)].find((one) => (0,fivetran_services/* shapeOf */.F5)(one) ?? (0,fivetran_services/* successorOf */.kz)(one));
    if (known !== undefined)
        return known;
    const resolved = await resolve(name);
    if (resolved !== undefined && (0,fivetran_services/* canBeService */.pp)(resolved))
        return resolved;
    return (0,fivetran_services/* canBeService */.pp)(name) ? name : undefined;
}
function choiceOf(allowed) {
    const listed = allowed.length <= MOST_LISTED && !allowed.some((one) => one.includes('*'));
    return listed ? `Choose from ${allowed.join(', ')}.` : 'Choose another one.';
}
/** Whether a connector type matches a pattern in which `*` stands for any text. */
function matches(service, pattern) {
    const parts = pattern.split(/\*+/).map((part) => part.replace(/[^\w]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(service);
}

;// CONCATENATED MODULE: ./lib/issue-form/issue-request.js







/** Some destinations cut off longer names, so that two could become one: Postgres does. */
const MOST_OF_A_NAME = 63;
/**
 * Puts the requests together from the workflow's inputs, which always win, and an issue's form. No
 * problem quotes the form, because problems go into a comment; a suggested name is made of a-z, 0-9
 * and underscores.
 *
 * The form's Schema has to match schema-pattern as it is written or, with `{service}` in it, when
 * finished. With several services, a schema without `{service}` becomes `SCHEMA_{service}`, whether
 * the form or the workflow has it.
 * @param resolve asked only for names that are neither a known connector type nor written like one
 */
async function readIssueRequests(form, { fields, services: fixed, rules }, resolve) {
    const read = new FormReader(form);
    const services = fixed.length > 0 ? fixed : await requested_services_readServices(read, rules.allowedServices, resolve);
    const several = services.length > 1;
    const schema = fields.schema || readSchema(read, services, rules.schemaPattern);
    const table = fields.table || readTable(read, rules.schemaPattern);
    const groupId = rules.groups ? readGroup(read, rules.groups) : fields.groupId;
    const requests = services.flatMap((service) => {
        const request = (0,check_request/* checkRequest */.yG)({
            ...fields,
            service,
            schema: several ? withSuffix(schema) : schema,
            table: several && services.some(takesTable) && !takesTable(service) ? '' : table,
            // A missing group has been reported with its heading.
            groupId: groupId || 'none',
        }, {
            problem: (problem) => read.checked(problem),
            warning: (message) => read.warnings.add(message),
        });
        return request?.kind === 'named' ? [request] : [];
    });
    const problems = read.problems();
    const { workflowProblems, warnings } = read;
    return {
        requests: problems.length + workflowProblems.length > 0 ? [] : requests,
        problems,
        workflowProblems,
        warnings: [...warnings],
        customer: form.customer,
    };
}
function readSchema(read, services, pattern) {
    const schema = read.value('schema');
    if (!schema)
        return '';
    const hasPlaceholder = schema.includes(check_name/* SERVICE_PLACEHOLDER */.sS);
    const names = services.map((service) => (0,check_name/* withService */.KE)(withSuffix(schema), service));
    const checked = hasPlaceholder ? names : [schema];
    if (checked.every((name) => isUsable(read, 'schema', name, pattern))) {
        const tooLong = names.some((name) => name.length > MOST_OF_A_NAME);
        if (tooLong && services.length > 1 && schema.length <= MOST_OF_A_NAME) {
            read.wrong('schema', 'is too long with the connector type added.', 'Write a shorter name.');
        }
    }
    return schema;
}
function readTable(read, pattern) {
    // Whether a table is needed depends on the services; a request without it says so.
    const table = read.optional('table');
    if (table)
        isUsable(read, 'table', table, pattern);
    return table;
}
function readGroup(read, groups) {
    const name = read.value('destination');
    const group = groups.get(name.toLowerCase());
    if (name && group === undefined) {
        read.wrong('destination', "isn't one of those set up here.", 'Choose another one.');
    }
    return group ?? '';
}
/** Whether a name is one that an issue may ask for; reports it unless it is. */
function isUsable(read, heading, name, pattern) {
    const matched = matchesWhole(name, pattern);
    if (matched)
        return true;
    if (matched === undefined) {
        read.checked({
            code: 'invalid-input',
            input: 'schema-pattern',
            message: 'took too long to match what an issue asks for.',
            fix: 'Write a simpler one, without a repetition inside a repetition.',
        });
        return false;
    }
    const suggestion = (0,check_name/* asIdentifier */.Cz)(name);
    const fix = suggestion && matchesWhole(suggestion, pattern)
        ? `For example ${suggestion}.`
        : `It has to match ${pattern}.`;
    read.wrong(heading, "isn't a name that can be used here.", fix);
    return false;
}
/** The schema of one of several connections: each has the connector type in its name. */
function withSuffix(schema) {
    return !schema || schema.includes(check_name/* SERVICE_PLACEHOLDER */.sS)
        ? schema
        : `${schema}_${check_name/* SERVICE_PLACEHOLDER */.sS}`;
}
/** Whether a connector type's name has a second half; one that isn't known may have. */
function takesTable(service) {
    return !(0,fivetran_services/* shapeOf */.F5)(service) || (0,naming/* nameFieldsOf */.U)(service)[1] !== undefined;
}

;// CONCATENATED MODULE: ./lib/fivetran/overlap.js


/**
 * Whether two connections of a group would write into a schema of the destination's that both have.
 * A database's connection has a prefix for a name, and writes into `PREFIX_anything`; any other writes
 * into one schema, the first half of its name. Of an unknown connector type it isn't known which, so it
 * is taken for both. Destinations compare names without case.
 */
function overlap(one, other) {
    const [a, b] = [schemaOf(one), schemaOf(other)];
    if (a === b)
        return true;
    return ((mayBePrefix(one) && b.startsWith(`${a}_`)) || (mayBePrefix(other) && a.startsWith(`${b}_`)));
}
function schemaOf({ name }) {
    return name.toLowerCase().split('.')[0] ?? '';
}
function mayBePrefix({ service }) {
    return (0,fivetran_services/* shapeOf */.F5)(service) === undefined || (0,naming/* nameFieldsOf */.U)(service)[0] === 'schema_prefix';
}

;// CONCATENATED MODULE: ./lib/operations/onboard/group-survey.js


/** One listing of each group, to see what a new connection would get in the way of. */
class GroupSurvey {
    #connections;
    #groups = new Map();
    constructor(connections) {
        this.#connections = connections;
    }
    /**
     * What a group has.
     * @throws LinkError when it can't be listed
     */
    of(group) {
        const known = this.#groups.get(group) ?? this.#list(group);
        this.#groups.set(group, known);
        return known;
    }
    /** Begins to list a group; whoever needs the listing learns what became of it. */
    begin(group) {
        this.of(group).catch(() => { });
    }
    async #list(group) {
        const readAt = Date.now();
        const all = [];
        let date = Number.NaN;
        for await (const page of this.#connections.pages(group, { limit: '1000' })) {
            if (all.length === 0)
                date = page.date;
            all.push(...page.connections);
        }
        return { connections: all, date, readAt };
    }
}
/** The connections that write where a new one would, or have its very name. */
function inTheWay(connections, request) {
    const wanted = { service: request.service, name: nameOf(request) };
    return connections.filter((connection) => overlap(connection, wanted));
}

;// CONCATENATED MODULE: ./lib/operations/onboard/onboarding.js


/** The request that a record tells of, with the workflow's own config, settings and card. */
function requestFor({ task }, approved) {
    const { group, service, schema, table } = approved;
    const problems = [];
    const request = (0,check_request/* checkRequest */.yG)({
        ...task.fields,
        ...{ connectionId: '', groupId: group, service, schema, table: table ?? '' },
        allowUnknownService: true,
    }, { problem: (problem) => problems.push(problem), warning: () => { } });
    if (request?.kind !== 'named')
        throw new model_errors/* InputError */.dz(problems);
    return request;
}
/** What the issue's comment depends on. */
function rulesOf({ inputs, task, place }) {
    const { allowPublicComment } = inputs.github;
    return { allowPublicComment, label: task.label, runUrl: place.runUrl };
}

;// CONCATENATED MODULE: ./lib/operations/onboard/plan.js





/** Plans for what was approved: what is new is created, what is on record is renewed. */
async function planApproved(requests, requestFor, planning) {
    const tasks = await Promise.all(requests.map((request) => planRequest(request, planning)));
    const rest = planning.entries.filter((entry) => entry.connection !== undefined && !tasks.some((task) => task.entry === entry));
    return [
        ...tasks,
        ...rest.map((entry) => planRenewal(entry, requestFor(entry.request), planning)),
    ];
}
/** Plans a fresh link for a connection on record, or to end what an earlier run has begun. */
async function planEntry(entry, request, planning) {
    if (entry.connection !== undefined)
        return planRenewal(entry, request, planning);
    return planCreation(entry, request, planning);
}
async function planRequest(request, planning) {
    const approved = approvedOf(request);
    const ofService = planning.entries.filter((entry) => (0,fivetran_services/* sameService */.cm)(entry.request.service, approved.service));
    const same = ofService.find((entry) => sameRequest(entry.request, approved));
    if (same?.connection !== undefined)
        return planRenewal(same, request, planning, true);
    if (same)
        return planCreation(same, request, planning);
    const other = ofService.find(({ connection }) => connection !== undefined);
    if (other && (await exists(other, planning.connections))) {
        return { kind: 'refuse', request, entry: other, error: different() };
    }
    const begun = ofService.find(({ intents }) => intents.length > 0);
    if (begun && (await createdFor(begun, planning.survey)).length > 0) {
        return { kind: 'refuse', request, entry: begun, error: different() };
    }
    return planCreation(newEntry(approved), request, planning);
}
/** Plans to create a connection, or to take over the one that an earlier run created for the issue. */
async function planCreation(entry, request, { survey, entries, end }) {
    const { connections, date, readAt } = await survey.of(entry.request.group);
    const own = new Set(entries.map(({ connection }) => connection));
    const [created, ...more] = await createdFor(entry, survey);
    if (created && more.length === 0)
        return { kind: 'adopt', request, entry, connection: created };
    const others = inTheWay(connections, entry.request).filter(({ id }) => !own.has(id));
    if (others.length > 0) {
        const error = created ? severalOf(entry.request) : nameRefused();
        return { kind: 'refuse', request, entry: { ...entry, intents: [] }, error };
    }
    const intent = { unseenAt: date, until: date + (end - readAt) };
    return {
        kind: 'create',
        request,
        entry: { ...entry, state: 'creating', intents: [...entry.intents, intent] },
        unseenAt: date,
        earlier: entry.intents,
    };
}
function planRenewal(entry, request, { connections, askedAt }, approved = false) {
    if (entry.state === 'ready' && entry.renewed > askedAt)
        return { kind: 'skip', request, entry };
    const found = connections.get(entry.connection ?? '').catch(model_errors/* asLinkError */.Lx);
    return { kind: 'renew', request, entry, found, approved };
}
async function exists({ connection = '' }, connections) {
    const found = await connections.get(connection).catch(model_errors/* asLinkError */.Lx);
    if (!(found instanceof model_errors/* LinkError */.R6))
        return true;
    if (found.code === 'unknown-connection')
        return false;
    throw found;
}
/** The connections that can be an entry's: of its name and type, created while its runs could do so. */
async function createdFor(entry, survey) {
    const { connections } = await survey.of(entry.request.group);
    return connections.filter((connection) => canBeOf(entry.request, entry.intents, connection));
}
/** Whether a connection can be what create requests for an approved request have created. */
function canBeOf(request, intents, { name, service, createdAt }) {
    return (name === nameOf(request) &&
        (0,fivetran_services/* sameService */.cm)(service, request.service) &&
        intents.some(({ unseenAt, until }) => createdAt >= unseenAt && createdAt <= until));
}
/** What was approved, in the record's terms. */
function approvedOf({ connection }) {
    const { groupId: group, service, schema, table } = connection;
    return { group, service, schema, ...(table !== undefined && { table }) };
}
/** The error where a name belongs to something else; what that is isn't said. */
function nameRefused() {
    return new model_errors/* LinkError */.R6('not-this-issues', "The name is in use in this group, or overlaps one that is, and that connection isn't on this issue's record.", 'Choose another schema. If the connection belongs to this issue, a maintainer puts it on record: operation: link with its connection-id and the issue-number.');
}
function severalOf(request) {
    return new model_errors/* LinkError */.R6('duplicate-connection', `There are several connections of the name ${nameOf(request)} in group ${request.group}. Nothing was deleted.`, 'Delete in Fivetran what isn’t wanted. A maintainer puts the other one on record: operation: link with its connection-id and the issue-number.');
}
function different() {
    return new model_errors/* LinkError */.R6('different-request', 'The issue asks for another schema or group than was approved and created before.', 'Open a new issue for another connection, or restore the previous values.');
}

;// CONCATENATED MODULE: ./lib/operations/onboard/refusal.js




/** Why an event has nothing to do any more: the issue has changed while the run waited in a queue. */
function outdated({ issue }, label) {
    if (!issue.open)
        return 'The issue was closed meanwhile.';
    if (!hasLabel(issue, label))
        return `The issue doesn't have the label ${label} any more.`;
    return undefined;
}
/**
 * What stands against doing what was asked.
 * @param entitled whether those who set the run off may do so
 * @param asked what the form says; undefined for the command, which renews what was approved
 * @param named the connections on record that the command is about
 */
function refusalOf(trigger, { label, approvers }, snapshot, entitled, asked, named) {
    if (!entitled && trigger.kind === 'command') {
        const who = "Only the issue's author and people with triage rights can renew its links.";
        return { error: notApproved(who, label, approvers) };
    }
    if (!entitled) {
        const error = notApproved(`Whoever added the label ${label} may not approve.`, label, approvers);
        // What the comment says stays: who may not approve may not take a link away either.
        const silent = snapshot.signed.length > 0;
        return silent ? { error } : { error, notice: notApprovedNotice(label, approvers) };
    }
    if (asked)
        return refusalOfForm(asked);
    const begun = snapshot.entries.filter(({ connection, intents }) => connection ?? intents.length > 0);
    if (begun.length === 0) {
        const why = 'No approval of this issue is on record.';
        return { error: notApproved(why, label, approvers), notice: approveAgainNotice(label) };
    }
    if (named.length > 0)
        return undefined;
    const known = begun.map(({ request }) => nameOf(request));
    const error = new model_errors/* LinkError */.R6('unknown-connection', `This issue has no connection of the name that the command gives. It has ${known.join(', ')}.`, 'Use one of these names, or the connector type, or comment /connect-card alone for all.');
    return { error, notice: noSuchSourceNotice(known) };
}
function refusalOfForm({ workflowProblems, problems }) {
    // Only the workflow's author can fix those: the issue has nothing to say about them.
    if (workflowProblems.length > 0)
        return { error: new model_errors/* InputError */.dz(workflowProblems) };
    if (problems.length === 0)
        return undefined;
    return { error: new model_errors/* InputError */.dz(problems), notice: incompleteNotice(problems) };
}
function notApproved(message, label, approvers) {
    const who = approvers.length > 0 ? approvers.join(' or ') : 'somebody with triage rights or more';
    return new model_errors/* LinkError */.R6('not-approved', message, `Have ${who} remove the label ${label} and add it again.`);
}

// EXTERNAL MODULE: ./lib/fivetran/create-once.js
var create_once = __webpack_require__(2462);
// EXTERNAL MODULE: ./lib/fivetran/duplicates.js
var duplicates = __webpack_require__(9296);
;// CONCATENATED MODULE: ./lib/operations/onboard/work.js






/**
 * Does what was planned for one connection. Never throws: a failure is a result, and on record what
 * exists, or may.
 */
async function carryOut(task, shop, observer) {
    const known = { target: task.request.target };
    const watch = {
        onConnection(connection, created) {
            known.connection = connection;
            known.created = created;
            observer.onConnection(connection, created);
        },
        onCard(card) {
            known.card = card;
            observer.onCard(card);
        },
    };
    try {
        return await attempt(task, shop, watch, known);
    }
    catch (thrown) {
        const error = (0,model_errors/* asLinkError */.Lx)(thrown);
        const entry = afterFailure(task, error, known.connection, shop);
        return { entry, result: { ...known, outcome: 'failed', error } };
    }
}
async function attempt(task, shop, watch, known) {
    switch (task.kind) {
        case 'refuse':
            throw task.error;
        case 'skip':
            return {
                entry: task.entry,
                result: { ...known, outcome: 'skipped', reason: 'Another run has just created this link.' },
            };
        case 'create':
            return work_finish(task, await create(task, shop, watch), shop, watch, known);
        case 'adopt': {
            shop.log.info(`An earlier run created connection ${task.connection.id} for this issue.`);
            watch.onConnection(task.connection, true);
            await refuseSeveral(task, task.connection, shop.connections);
            return work_finish(task, { connection: task.connection }, shop, watch, known);
        }
        case 'renew':
            return work_renew(task, shop, watch, known);
    }
}
/** Creates a connection once, unless the create request of an earlier run turns out to have done so. */
async function create(task, shop, watch) {
    const { connections, budget, log } = shop;
    const wanted = task.request.connection;
    const appeared = await lookForEarlier(task, shop);
    if (appeared) {
        watch.onConnection(appeared, true);
        return { connection: appeared };
    }
    const creation = await (0,create_once/* createOnce */.Ur)(wanted, task.unseenAt, {
        connections,
        budget,
        log,
        contested: true,
        onCreated: (connection) => watch.onConnection(connection, true),
    });
    if (creation.outcome === 'taken') {
        throw task.earlier.length > 0 ? (0,create_once/* unclear */.lD)(wanted, creation.refusal) : nameRefused();
    }
    const { connection, card } = creation;
    log.info(`Created connection ${connection.id} (${wanted.service}, ${nameOf(task.entry.request)}).`);
    await refuseSeveral(task, connection, connections);
    return { connection, card };
}
/**
 * Looks, at growing intervals, whether the create request of a run that died still has an effect: as
 * long as that is possible.
 */
async function lookForEarlier({ entry, request, earlier, unseenAt }, { connections, budget, log }) {
    if (!earlier.some(({ until }) => until > unseenAt))
        return undefined;
    log.info(`An earlier run may have created ${nameOf(entry.request)}: looking before creating it.`);
    for (const pause of create_once/* LOOKS_MS */.gf) {
        if (!(await budget.wait(pause)))
            throw stillOpen(nameOf(entry.request));
        const look = await connections.named(entry.request.group, nameOf(entry.request));
        const found = look.connections.filter((one) => canBeOf(entry.request, earlier, one));
        if (found.length > 1)
            throw (0,duplicates/* duplicates */.X)(request.connection, found);
        if (found[0])
            return found[0];
        if (look.connections.length > 0)
            throw nameRefused();
    }
    return undefined;
}
/** Two connections of one name may be two issues': then neither is shown a link. */
async function refuseSeveral({ entry, request }, connection, connections) {
    const name = nameOf(entry.request);
    const { connections: named } = await connections.named(entry.request.group, name);
    const others = named.filter(({ id }) => id !== connection.id);
    if (others.length > 0)
        throw (0,duplicates/* duplicates */.X)(request.connection, [connection, ...others]);
}
/** A fresh link for a connection on record. */
async function work_renew(task, shop, watch, known) {
    const { entry, request } = task;
    const found = await task.found;
    if (!(found instanceof model_errors/* LinkError */.R6)) {
        watch.onConnection(found, false);
        // It had a namesake once: is that gone?
        if (entry.error === 'duplicate-connection')
            await refuseSeveral(task, found, shop.connections);
        return work_finish(task, { connection: found }, shop, watch, known);
    }
    if (found.code !== 'unknown-connection')
        throw found;
    // One response isn't proof: a listing has to lack it, too.
    const { group } = entry.request;
    const { connections: named } = await shop.connections.named(group, nameOf(entry.request));
    if (named.some(({ id }) => id === entry.connection))
        throw found;
    shop.log.notice(`${found.message} It was created for this issue.`);
    if (!task.approved)
        throw found;
    const { connection: _, ...rest } = entry;
    const again = await planCreation({ ...rest, intents: [] }, request, shop.planning);
    if (again.kind === 'create')
        await shop.announce(again.entry);
    return attempt(again, shop, watch, known);
}
/** Gets a card for a connection, unless it is connected and needs none. */
async function work_finish({ entry, request }, { connection, card: given }, { connections, log, claimedAt }, watch, known) {
    const { error: _, link: __, repairs: ___, ...rest } = entry;
    const made = { ...rest, connection: connection.id, intents: [] };
    if (connection.setupState === 'connected') {
        log.notice(`Connection ${connection.id} is already connected, so it needs no link.`);
        return {
            entry: { ...made, state: 'connected', expires: 0 },
            result: { ...known, outcome: 'connected', connection },
        };
    }
    const card = given ?? (await connections.createCard(connection.id, request.connection.card));
    if (!given)
        log.info(`Created a Connect Card for connection ${connection.id}.`);
    watch.onCard(card);
    const link = {
        link: fingerprintOf(card.link),
        expires: card.expiresAt.getTime(),
        ...(connection.setupState === 'broken' && { repairs: true }),
    };
    return {
        entry: { ...made, ...link, state: 'ready', renewed: claimedAt },
        result: { ...known, outcome: 'linked', connection, created: known.created ?? false, card },
    };
}
/** Failures after which a create request may still have an effect. */
const IN_DOUBT = ['create-unknown', 'cancelled', 'internal'];
/** Milliseconds in which a request that was sent shows its effect. */
const LATE_MS = 15_000;
function afterFailure(task, error, connection, { planning }) {
    const { entry } = task;
    if (task.kind === 'refuse' && error.code === 'different-request')
        return entry;
    if (error.code === 'unknown-connection')
        return { ...entry, state: 'gone', expires: 0 };
    // A link that works still does, as far as anybody knows.
    if (entry.state === 'ready' && entry.connection !== undefined)
        return entry;
    const id = connection?.id ?? entry.connection;
    const failed = { ...entry, state: 'failed', error: error.code, expires: 0 };
    if (id !== undefined)
        return { ...failed, connection: id, intents: [] };
    if (task.kind !== 'create' || !IN_DOUBT.includes(error.code))
        return { ...failed, intents: [] };
    // This run sends nothing any more: its time is over earlier than announced.
    const left = planning.end - Date.now();
    const intents = failed.intents.map((intent, index) => index < task.earlier.length ? intent : { ...intent, until: intent.until - left + LATE_MS });
    return { ...failed, intents };
}
function stillOpen(name) {
    return new model_errors/* LinkError */.R6('create-unknown', `An earlier run may still be creating connection ${name}, and max-wait is spent.`, 'Run the job again in a few minutes: it finds the connection if it was created.');
}

;// CONCATENATED MODULE: ./lib/operations/onboard/under-claim.js









/** Does what was planned, one connection beside the other, and publishes the result. */
async function work(job, claim, names, results) {
    const { plan, snapshot } = claim;
    const { runner, cancellation, budget, connections } = job.context;
    const shop = {
        connections: connections.within(claim.deadline),
        budget,
        log: runner,
        planning: plan.planning,
        claimedAt: snapshot.date,
        announce: (entry) => {
            plan.entries = withEntry(plan.entries, entry);
            return claim.amend(plan);
        },
    };
    const indexes = plan.tasks.map(({ request }) => results.add(request.target));
    const done = [];
    await (0,workers/* inParallel */.H)(plan.tasks, job.inputs.concurrency, async (task, number) => {
        const index = indexes[number] ?? 0;
        const one = await carryOut(task, shop, results.begin(index));
        done.push(one);
        results.finish(index, one.result);
    }, { stopped: () => cancellation.requested });
    const ended = results.cancelled();
    // Whatever becomes of the comment, the links aren't lost.
    (0,report_result/* outputResults */.Qg)(ended, {}, job.context);
    const kept = snapshot.entries.filter((entry) => !isSuperseded(entry, plan.tasks, snapshot.date));
    const entries = done.reduce((list, { entry }) => withEntry(list, names.applyTo(entry)), kept);
    const cards = ended.flatMap(({ card }) => card ?? []);
    const rules = rulesOf(job);
    if (cards.length > 0 && snapshot.public && !rules.allowPublicComment)
        runner.notice(PUBLIC);
    try {
        const text = commentText(entries, snapshot, cards, rules);
        return { results: ended, commentUrl: await claim.publish({ entries, text }) };
    }
    catch (thrown) {
        const error = notCommented((0,model_errors/* asLinkError */.Lx)(thrown));
        return { results: ended.map((result) => (0,model_link/* asFailed */.eq)(result, error)) };
    }
}
/**
 * Whether a request that came to nothing has made room for another one of its connector type.
 * @param date the time now, in milliseconds: until then a create request of it may have an effect
 */
function isSuperseded(entry, tasks, date) {
    if (entry.connection !== undefined || entry.intents.some(({ until }) => until > date))
        return false;
    const { service } = entry.request;
    return tasks.some((task) => (0,fivetran_services/* sameService */.cm)(task.entry.request.service, service) &&
        !sameRequest(task.entry.request, entry.request));
}

;// CONCATENATED MODULE: ./lib/operations/onboard/withheld.js
/** What a dry run says of a task: the request that it holds back, or why there would be none. */
function withheld(task, connections) {
    const { target, connection } = task.request;
    switch (task.kind) {
        case 'create':
            return { target, outcome: 'dry-run', unsent: connections.createRequest(connection) };
        case 'adopt':
        case 'renew': {
            const id = task.kind === 'adopt' ? task.connection.id : (task.entry.connection ?? '');
            return { target, outcome: 'dry-run', unsent: connections.cardRequest(id, connection.card) };
        }
        case 'refuse':
            return { target, outcome: 'failed', error: task.error };
        case 'skip':
            return { target, outcome: 'skipped', reason: 'Its link has just been created.' };
    }
}

;// CONCATENATED MODULE: ./lib/operations/onboard/onboard.js

















/**
 * Acts on one onboarding issue: checks who approved what, creates or renews the links of its
 * connections, and says so in the issue's one comment.
 * @param results told of each thing that is created, at once
 * @throws LinkError when nothing was created, and the issue couldn't be told why
 */
async function onboard(job, results) {
    const { trigger, task, context, place, inputs } = job;
    const thread = place.thread(trigger.issue.number);
    const survey = new GroupSurvey(context.connections);
    const names = new DisplayNames(job.types);
    const [entitled, current, asked] = await Promise.all([
        isEntitled(trigger, task.approvers, place.repository),
        thread.read(),
        trigger.kind === 'label' ? readRequests(job, survey, names) : undefined,
    ]);
    // What there is for the command to renew, a run that is working may be creating.
    const snapshot = entitled && !asked ? await thread.whenFree(current) : current;
    const reason = outdated(snapshot, task.label);
    if (reason)
        return { results: [{ target: {}, outcome: 'skipped', reason }] };
    const named = entriesNamed(trigger.name, snapshot.entries);
    const refusal = refusalOf(trigger, task, snapshot, entitled, asked, named);
    if (refusal)
        return refuse(job, thread, snapshot, refusal);
    for (const warning of asked?.warnings ?? [])
        context.runner.warning(warning);
    const plan = async (now, end) => {
        const planning = {
            connections: context.connections,
            survey: now === snapshot ? survey : new GroupSurvey(context.connections),
            entries: now.entries,
            // Whoever runs a job again wants fresh links, however long ago the event was.
            askedAt: trigger.isRerun ? snapshot.date : trigger.at,
            end,
        };
        const tasks = asked
            ? await planApproved(asked.requests, (approved) => requestFor(job, approved), planning)
            : await planRenewals(job, planning);
        return { tasks, planning, ...announcement(tasks, now.entries, names) };
    };
    if (inputs.dryRun) {
        const { tasks } = await plan(snapshot, Date.now());
        return { results: tasks.map((each) => withheld(each, context.connections)) };
    }
    let planned = [];
    const claim = await thread.claim(snapshot, async (now, end) => {
        if (outdated(now, task.label))
            return undefined;
        const latest = await plan(now, end);
        planned = latest.tasks;
        return planned.every(({ kind }) => kind === 'skip') ? undefined : latest;
    });
    if (claim)
        return work(job, claim, names, results);
    const done = 'Another run has done what this one was asked for.';
    const targets = planned.length > 0 ? planned.map(({ request }) => request.target) : [{}];
    return { results: targets.map((target) => ({ target, outcome: 'skipped', reason: done })) };
}
/** What the form asks for. Whatever else has to be known of it is asked for at the same time. */
async function readRequests({ trigger, task, types, context }, survey, names) {
    const form = readForm(trigger.issue.body);
    const asked = await readIssueRequests(form, task, (name) => types.serviceCalled(name));
    for (const { connection } of asked.requests) {
        survey.begin(connection.groupId);
        names.begin(connection.service);
    }
    for (const warning of asked.warnings)
        context.runner.debug(warning);
    return asked;
}
/**
 * The connections that a command names: by connector type, display name or schema; all, by nothing.
 * Only those that exist, or may: the command approves nothing.
 */
function entriesNamed(name, entries) {
    const begun = entries.filter(({ connection, intents }) => connection ?? intents.length > 0);
    if (!name)
        return begun;
    const wanted = name.toLowerCase();
    return begun.filter((entry) => {
        const { service, schema } = entry.request;
        const called = [service, titleOf(entry), schema, nameOf(entry.request)];
        return called.some((one) => one.toLowerCase() === wanted) || (0,fivetran_services/* sameService */.cm)(service, wanted);
    });
}
function planRenewals(job, planning) {
    const entries = entriesNamed(job.trigger.name, planning.entries);
    return Promise.all(entries.map((entry) => planEntry(entry, requestFor(job, entry.request), planning)));
}
/** What goes on record before anything is sent, and the comment's words meanwhile. */
function announcement(tasks, entries, names) {
    for (const task of tasks)
        task.entry = names.applyTo(task.entry);
    const changed = tasks.filter(({ kind }) => kind === 'create').map(({ entry }) => entry);
    return {
        entries: changed.reduce(withEntry, [...entries]),
        text: workingText(tasks.filter(({ kind }) => kind !== 'refuse').map(({ entry }) => titleOf(entry))),
    };
}
/** Says in the issue why nothing was created, where there is something to say. */
async function refuse(job, thread, snapshot, { error, notice }) {
    const results = [{ target: {}, outcome: 'failed', error }];
    (0,report_result/* outputResults */.Qg)(results, {}, job.context);
    if (!notice || job.inputs.dryRun)
        return { results };
    const rules = rulesOf(job);
    try {
        const claim = await thread.claim(snapshot, async ({ entries, ...now }) => {
            const text = commentText(entries, { ...now, entries }, [], rules, notice);
            return { entries, text };
        });
        return { results, commentUrl: await claim?.publish(claim.plan) };
    }
    catch (thrown) {
        const { message } = (0,model_errors/* asLinkError */.Lx)(thrown);
        job.context.runner.warning(`The issue's comment couldn't say so: ${message}`);
        return { results };
    }
}

;// CONCATENATED MODULE: ./lib/operations/onboard/start.js








const DEEDS = { label: 'added the approving label', command: 'asks for fresh links' };
/** Acts on the event that started the run, and reports; returns whether it succeeded. */
async function startOnboarding(inputs, task, context) {
    const event = new Context();
    const trigger = readTrigger(event, task, context.env.GITHUB_TRIGGERING_ACTOR);
    if ('skipped' in trigger)
        return (0,report_result/* reportResults */.zO)([skipped(trigger.skipped)], {}, context);
    const { kind, by, issue } = trigger;
    context.runner.info(`Issue ${issue.number}: ${by.login} ${DEEDS[kind]}.`);
    const place = openGitHub(inputs, event, context);
    const types = new ConnectorTypes(context.fivetran);
    const results = new results_so_far/* ResultsSoFar */.I([], context.maskCard);
    try {
        const ended = onboard({ trigger, inputs, task, context, place, types }, results);
        const { results: all, commentUrl } = await Promise.race([ended, cancelled(results, context)]);
        return (0,report_result/* reportResults */.zO)(all, { commentUrl }, context);
    }
    catch (thrown) {
        const error = (0,model_errors/* asLinkError */.Lx)(thrown);
        return (0,report_result/* reportResults */.zO)([{ target: {}, outcome: 'failed', error }], {}, context);
    }
    finally {
        await place.close();
    }
}
/** What is known when a cancelled run has no more time. */
async function cancelled(results, { cancellation }) {
    await cancellation.over;
    if (results.get().length === 0)
        results.add({});
    return { results: results.cancelled() };
}
function skipped(reason) {
    return { target: {}, outcome: 'skipped', reason };
}

;// CONCATENATED MODULE: ./lib/operations/issues.js
// What needs GitHub, loaded together and only then: the operations on issues share most of it.





/***/ })

};
;