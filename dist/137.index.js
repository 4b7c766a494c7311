"use strict";
exports.id = 137;
exports.ids = [137];
exports.modules = {

/***/ 3909:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* reexport */ Context)
});

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
;// CONCATENATED MODULE: ./lib/github/context.js
// What @actions/github knows of the run, without its API client, which would double the download;
// the package names no way to the one file, so it is taken by its path. docs/performance.md has the
// figures.



/***/ }),

/***/ 122:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FB: () => (/* binding */ isAmong),
/* harmony export */   Wr: () => (/* binding */ COMMAND),
/* harmony export */   vE: () => (/* binding */ readTrigger)
/* harmony export */ });
/* harmony import */ var _http_transport_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9351);
/* harmony import */ var _repository_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5613);


const COMMAND = '/connect-card';
/**
 * Reads the event that started the run: the approving label, or the command on an open issue that
 * has it. Bots count only when they are approvers.
 */
function readTrigger(context, { label, approvers }) {
    const { eventName, payload } = context;
    const event = `${eventName}${payload.action ? `: ${payload.action}` : ''}`;
    const kind = { 'issues: labeled': 'label', 'issue_comment: created': 'command' }[event];
    if (kind !== 'label' && kind !== 'command') {
        return skip(`It acts on issues: labeled and issue_comment: created, not on ${event}.`);
    }
    const { issue, comment } = payload;
    if (!(0,_http_transport_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(issue))
        return skip('The event names no issue.');
    if (issue.pull_request)
        return skip('This is a pull request, not an issue.');
    if (issue.state !== 'open')
        return skip('The issue is closed.');
    if (kind === 'label' && !sameLabel(payload.label, label)) {
        return skip(`The label that was put on isn't ${label}.`);
    }
    if (kind === 'command') {
        if (!startsWithCommand((0,_http_transport_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(comment) ? comment.body : undefined)) {
            return skip(`The comment doesn't start with ${COMMAND}.`);
        }
        const labels = Array.isArray(issue.labels) ? issue.labels : [];
        if (!labels.some((one) => sameLabel(one, label))) {
            return skip(`The issue doesn't have the label ${label}.`);
        }
    }
    const by = (0,_repository_js__WEBPACK_IMPORTED_MODULE_1__/* .readPerson */ .c1)(kind === 'label' ? payload.sender : (0,_http_transport_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(comment) && comment.user);
    if (by.bot && !isAmong(approvers, by)) {
        return skip('A bot did this, and it is not among the approvers.');
    }
    return {
        kind,
        by,
        issue: {
            number: Number(issue.number),
            body: typeof issue.body === 'string' ? issue.body : '',
            author: (0,_repository_js__WEBPACK_IMPORTED_MODULE_1__/* .readPerson */ .c1)(issue.user),
        },
    };
}
/** Whether somebody is in a list of logins, which GitHub compares without case. */
function isAmong(logins, { login }) {
    return logins.some((one) => one.toLowerCase() === login.toLowerCase());
}
function startsWithCommand(body) {
    const lines = typeof body === 'string' ? body.split(/\r?\n/) : [];
    return lines.find((line) => line.trim())?.trim() === COMMAND;
}
function sameLabel(value, label) {
    const name = (0,_http_transport_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u4)(value) ? value.name : undefined;
    return typeof name === 'string' && name.toLowerCase() === label.toLowerCase();
}
function skip(why) {
    return { skipped: why };
}


/***/ }),

/***/ 3750:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ openRepository)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2357);
// EXTERNAL MODULE: ./lib/http/transport.js + 2 modules
var transport = __webpack_require__(9351);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/github/record.js


const VERSION = 'v1';
/** A comment that is laid out as the action's are, whoever signed it: title first, marker last. */
const LAYOUT = /^### .*<!-- connect-card-link v\d+ [\w-]+\.[\w-]+ -->\s*$/s;
const MARKER = /<!-- connect-card-link (v\d+) ([\w-]{1,8000})\.([\w-]{43}) -->/g;
/** Signs records and reads them back. Its key is derived from the API secret. */
class Notary {
    #key;
    #place;
    constructor(apiSecret, place) {
        this.#key = new Uint8Array((0,external_node_crypto_.hkdfSync)('sha256', apiSecret, '', `connect-card-link issue record ${VERSION}`, 32));
        this.#place = place;
    }
    /**
     * The marker for a record.
     * @param comment the id of the comment that will hold it; undefined in a comment yet to be added
     */
    sign(record, comment) {
        const sealed = { ...this.#place, ...(comment && { comment }), record };
        const payload = Buffer.from(JSON.stringify(sealed)).toString('base64url');
        return `<!-- connect-card-link ${VERSION} ${payload}.${this.#signature(payload)} -->`;
    }
    /**
     * Sorts out which comments hold a record. A record names the comment it stands in, but for the
     * first one of a comment, whose number wasn't known yet: that counts only by its author.
     */
    async read(comments, ownAuthor) {
        const own = { records: [], unreadable: [] };
        let isOwn;
        for (const comment of comments) {
            const markers = [...comment.body.matchAll(MARKER)];
            if (markers.length === 0)
                continue;
            const sealed = markers.map((marker) => this.#open(marker)).filter((one) => one !== undefined);
            const bound = sealed.find((one) => one.comment === comment.id);
            const free = sealed.find((one) => one.comment === undefined);
            if (bound) {
                own.records.push({ comment, record: bound.record });
                continue;
            }
            isOwn ??= await ownAuthor();
            if (!isOwn(comment.author))
                continue;
            if (free)
                own.records.push({ comment, record: free.record });
            else if (sealed.length === 0 && LAYOUT.test(comment.body))
                own.unreadable.push(comment);
        }
        return own;
    }
    /** The content of a marker, if it was signed with this key for this issue. */
    #open([, version, payload = '', signature = '']) {
        if (version !== VERSION)
            return undefined;
        const expected = Buffer.from(this.#signature(payload));
        const given = Buffer.from(signature);
        if (given.length !== expected.length || !(0,external_node_crypto_.timingSafeEqual)(given, expected))
            return undefined;
        const sealed = JSON.parse(Buffer.from(payload, 'base64url').toString());
        if (!(0,transport/* isRecord */.u4)(sealed) || !(0,transport/* isRecord */.u4)(sealed.record))
            return undefined;
        const { repositoryId, issue } = this.#place;
        if (sealed.repositoryId !== repositoryId || sealed.issue !== issue)
            return undefined;
        return sealed;
    }
    #signature(payload) {
        return (0,external_node_crypto_.createHmac)('sha256', this.#key)
            .update(`connect-card-link ${VERSION} ${payload}`)
            .digest('base64url');
    }
}

// EXTERNAL MODULE: ./lib/github/repository.js + 1 modules
var github_repository = __webpack_require__(5613);
;// CONCATENATED MODULE: ./lib/github/thread.js
/** An issue's comments, of which the action has one. */
class Thread {
    #repository;
    #notary;
    #issue;
    #own = { records: [], unreadable: [] };
    /** The server's time of the last reading, in milliseconds. */
    date = 0;
    /** Where the action's comment is, once it has written one. */
    url;
    constructor(repository, notary, issue) {
        this.#repository = repository;
        this.#notary = notary;
        this.#issue = issue;
    }
    /** Reads what is there; to be called first, and again to see what other runs did. */
    async read() {
        const { comments, date } = await this.#repository.comments(this.#issue);
        this.#own = await this.#notary.read(comments, () => this.#repository.ownAuthor());
        this.#own.records.sort(byPrecedence);
        this.date = date;
    }
    /** What the action remembers of this issue. */
    get latest() {
        return this.#own.records[0];
    }
    /** Whether the action has said anything here, be it with a key that isn't known any more. */
    get hasComment() {
        return this.#own.records.length > 0 || this.#own.unreadable.length > 0;
    }
    /** Says something in the action's comment, which is added if there is none yet. */
    async say(record, text) {
        const comment = this.latest?.comment ?? this.#own.unreadable[0];
        if (comment)
            await this.#write(comment, record, text);
        else if (record.kind === 'note')
            await this.#add(record, text);
        else {
            // A record that counts names its comment, which has no number before it is there.
            const added = await this.#add({ kind: 'note', round: 0 }, 'One moment…');
            await this.#write(added, record, text);
        }
        await this.#tidy();
    }
    /**
     * Announces that a connection will be made, in a comment of its own: comments have one order for
     * everybody, so of several runs that announce the same round the first one goes on.
     * @returns false when another run is first; this one's comment is gone then
     */
    async claim(intent, text) {
        const mine = { comment: await this.#add(intent, text), record: intent };
        await this.read();
        const others = this.#own.records.filter(({ comment }) => comment.id !== mine.comment.id);
        // The list may lag behind what was just added.
        this.#own.records = [mine, ...others].sort(byPrecedence);
        if (this.latest === mine)
            return true;
        await this.#repository.deleteComment(mine.comment.id);
        this.#own.records = others;
        this.url = undefined;
        return false;
    }
    async #add(record, text) {
        const body = `${text}\n\n${this.#notary.sign(record, undefined)}`;
        const comment = await this.#repository.addComment(this.#issue, body);
        this.#own.records.unshift({ comment, record });
        this.url = comment.url;
        return comment;
    }
    /** Writes into a comment of the action's, unless it says just that already. */
    async #write(comment, record, text) {
        const body = `${text}\n\n${this.#notary.sign(record, comment.id)}`;
        const same = comment.body.replaceAll('\r\n', '\n') === body;
        const written = same ? comment : await this.#repository.editComment(comment.id, body);
        const others = this.#own.records.filter((found) => found.comment.id !== comment.id);
        this.#own.records = [{ comment: written, record }, ...others];
        this.#own.unreadable = this.#own.unreadable.filter(({ id }) => id !== comment.id);
        this.url = written.url;
    }
    /** One comment an issue: takes away what earlier runs left beside the latest. */
    async #tidy() {
        const { records, unreadable } = this.#own;
        const [latest, ...older] = records;
        for (const { id } of [...older.map(({ comment }) => comment), ...unreadable]) {
            await this.#repository.deleteComment(id);
        }
        this.#own = { records: latest ? [latest] : [], unreadable: [] };
    }
}
/** The latest round first; in it what was made before what was only begun, and the first begun. */
function byPrecedence(a, b) {
    const made = ({ record }) => (record.kind === 'made' ? 0 : 1);
    return b.record.round - a.record.round || made(a) - made(b) || a.comment.id - b.comment.id;
}

;// CONCATENATED MODULE: ./lib/github/open.js





/**
 * Opens the repository that the workflow runs in. Asks GitHub only what event and environment don't
 * say.
 * @throws LinkError outside of a workflow
 */
async function openRepository({ context, token, allowPublicComment, apiSecret, timeout }, surroundings) {
    const { GITHUB_REPOSITORY: name, GITHUB_REPOSITORY_ID: id } = surroundings.env;
    if (!name) {
        throw new errors/* LinkError */.R6('invalid-input', 'Which repository the issue is in is not known: GITHUB_REPOSITORY is not set.', 'Run this as a step of a workflow.');
    }
    const access = { token, apiUrl: context.apiUrl, repository: name, timeout };
    const repository = new github_repository/* Repository */.LN(access, surroundings);
    const told = context.payload.repository;
    const known = (0,transport/* isRecord */.u4)(told) ? told : {};
    const repositoryId = Number(id ?? known.id) || (await repository.id());
    // A run that is repeated gets the event of its first attempt, however long ago that was.
    const open = context.runAttempt > 1 ? undefined : (0,github_repository/* isPublic */.Ul)(known);
    let asked;
    return {
        repository,
        threadOf: (issue) => new Thread(repository, new Notary(apiSecret, { repositoryId, issue }), issue),
        mayShowLink: async () => {
            if (allowPublicComment)
                return true;
            if (open !== undefined)
                return !open;
            asked ??= repository.isPublic();
            return !(await asked);
        },
        runUrl: `${context.serverUrl}/${name}/actions/runs/${context.runId}`,
        close: () => repository.close(),
    };
}


/***/ }),

/***/ 5613:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  LN: () => (/* binding */ Repository),
  Ul: () => (/* binding */ isPublic),
  c1: () => (/* binding */ readPerson)
});

// EXTERNAL MODULE: ./lib/http/transport.js + 2 modules
var transport = __webpack_require__(9351);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2357);
// EXTERNAL MODULE: ./lib/http/retry.js
var retry = __webpack_require__(2639);
;// CONCATENATED MODULE: ./lib/github/failures.js



/** A refusal by GitHub, with its status for those who can tell more from the request. */
class GitHubRefusal extends errors/* LinkError */.R6 {
    status;
    constructor(status, code, message, fix) {
        super(code, message, fix);
        this.status = status;
    }
}
/** After a secondary limit that names no time, GitHub wants at least a minute of quiet. */
const SECONDARY_WAIT = 60_000;
/** Tells GitHub's successes from failures. */
function judge(answer) {
    const { status, body } = answer;
    const promised = status === 204 || (0,transport/* isRecord */.u4)(body) || Array.isArray(body);
    if (status >= 200 && status < 300 && promised)
        return undefined;
    const wait = limitedFor(answer);
    if (wait !== undefined) {
        return {
            error: new GitHubRefusal(status, 'rate-limited', `GitHub's rate limit is reached (${status}).`, 'Run the job again later.'),
            verdict: 'not-done',
            wait,
        };
    }
    return { error: refusal(answer), verdict: status < 300 ? 'in-doubt' : (0,retry/* verdictOnStatus */.zB)(status) };
}
/**
 * Milliseconds to wait where an answer is about a rate limit; undefined where it isn't. GitHub
 * answers 403 as well as 429:
 * docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function limitedFor({ status, headers, body, date }) {
    if (status !== 403 && status !== 429)
        return undefined;
    const told = (0,retry/* retryAfter */.P9)(headers['retry-after']?.toString(), date);
    if (told !== undefined)
        return told;
    if (headers['x-ratelimit-remaining'] === '0') {
        return Math.max(0, Number(headers['x-ratelimit-reset']) * 1000 - date) || SECONDARY_WAIT;
    }
    return status === 429 || /secondary rate limit/i.test(messageIn(body))
        ? SECONDARY_WAIT
        : undefined;
}
function refusal({ status, body }) {
    const said = (0,errors/* oneLine */.TN)(messageIn(body), 200);
    const says = said ? ` GitHub says: ${said.replace(/\.+$/, '')}.` : '';
    const make = (code, message, fix) => new GitHubRefusal(status, code, message + says, fix);
    if (status < 300) {
        return make('github-failed', `GitHub answered ${status}, but not with JSON.`, 'Check GITHUB_API_URL, and whether a proxy changes answers.');
    }
    if ([301, 302, 307, 308, 404, 410].includes(status)) {
        return make('issue-gone', `GitHub has no such issue or comment here any more (${status}).`, 'If the issue was moved or deleted, go on in the new one: a maintainer links it with operation: link, connection-id and issue-number.');
    }
    if (status === 403 && /locked/i.test(said)) {
        return make('issue-locked', 'The issue is locked, so nothing can be written there (403).', 'Unlock the conversation, then comment /connect-card.');
    }
    if (status === 401 || status === 403) {
        return make('github-forbidden', `GitHub doesn't let github-token do this (${status}).`, 'Give the job "permissions: issues: write", or a github-token that has it. Runs for forks and Dependabot never have it.');
    }
    return make('github-failed', status >= 500 ? `GitHub's side failed (${status}).` : `GitHub refused the request (${status}).`, 'Run the job again in a few minutes.');
}
function messageIn(body) {
    return (0,transport/* isRecord */.u4)(body) && typeof body.message === 'string' ? body.message : '';
}

;// CONCATENATED MODULE: ./lib/github/repository.js


/** What is asked of GitHub about one repository: its issues' comments, and who may do what. */
class Repository {
    #transport;
    #path;
    #installation;
    constructor({ token, apiUrl, repository, timeout }, surroundings) {
        this.#path = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
        // An app's token, the workflow's own among them, is no user's: GET /user is closed to it.
        this.#installation = token.startsWith('ghs_');
        this.#transport = new transport/* Transport */.oK({
            ...surroundings,
            baseUrl: apiUrl,
            baseUrlFrom: 'GITHUB_API_URL',
            headers: {
                accept: 'application/vnd.github+json',
                'x-github-api-version': '2022-11-28',
                ...(token && { authorization: `Bearer ${token}` }),
            },
            timeout,
            judge: judge,
        });
    }
    /** All open issues with a label, oldest first; GitHub lists pull requests among them. */
    async openIssues(label) {
        // In this order, pages don't shift when an issue is opened meanwhile.
        const order = { sort: 'created', direction: 'asc' };
        const query = new URLSearchParams({ labels: label, state: 'open', ...order });
        const { items } = await this.#list(`/issues?${query}`);
        const issues = items.map(readIssue).filter(({ pullRequest }) => !pullRequest);
        return issues.sort((a, b) => a.number - b.number);
    }
    async issue(number) {
        return readIssue((await this.#read(`/issues/${number}`)).body);
    }
    /** Puts a label on; GitHub makes one that doesn't exist yet. */
    async addLabel(issue, label) {
        await this.#write('POST', `/issues/${issue}/labels`, { labels: [label] });
    }
    async closeIssue(issue) {
        await this.#write('PATCH', `/issues/${issue}`, { state: 'closed', state_reason: 'completed' });
    }
    /** All comments on an issue, oldest first, and the server's time in milliseconds. */
    async comments(issue) {
        const { items, date } = await this.#list(`/issues/${issue}/comments`);
        return { comments: items.map(readComment), date };
    }
    /**
     * Adds a comment, once: if the answer is lost, it looks whether the comment is there.
     * @param body must differ from every comment before it
     */
    async addComment(issue, body) {
        const add = async () => readComment((await this.#transport.send({
            method: 'POST',
            path: `${this.#path}/issues/${issue}/comments`,
            body: { body },
            repeatable: false,
        })).body);
        try {
            return await add();
        }
        catch (error) {
            if (!(error instanceof transport/* AnswerLost */.F4))
                throw error;
            const { comments } = await this.comments(issue);
            return comments.find((comment) => comment.body === body) ?? (await add().catch(theReason));
        }
    }
    async editComment(id, body) {
        return readComment((await this.#write('PATCH', `/issues/comments/${id}`, { body })).body);
    }
    /** Deletes a comment; one that is gone already is deleted. */
    async deleteComment(id) {
        await this.#write('DELETE', `/issues/comments/${id}`).catch((error) => {
            if (!(error instanceof GitHubRefusal && error.status === 404))
                throw error;
        });
    }
    /**
     * Whether somebody has triage rights or more here. Custom roles show by what they may do.
     * docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
     */
    async mayTriage(login) {
        const path = `/collaborators/${encodeURIComponent(login)}/permission`;
        const answer = await this.#read(path).catch((error) => {
            if (error instanceof GitHubRefusal && error.status === 404)
                return undefined;
            throw error;
        });
        if (!(0,transport/* isRecord */.u4)(answer?.body))
            return false;
        const { permission, role_name, user } = answer.body;
        const rights = (0,transport/* isRecord */.u4)(user) && (0,transport/* isRecord */.u4)(user.permissions) ? user.permissions : {};
        return (['triage', 'write', 'maintain', 'admin'].includes(String(role_name)) ||
            // A role of the organization's own: what it is built on shows here,
            rights.triage === true ||
            // or in the older answer, which calls maintain write and triage read.
            ['write', 'admin'].includes(String(permission)));
    }
    /** The repository's number. */
    async id() {
        const { body } = await this.#read('');
        return Number((0,transport/* isRecord */.u4)(body) ? body.id : undefined);
    }
    /** Whether everybody can read the repository. When that can't be found out, they can. */
    async isPublic() {
        try {
            const { body } = await this.#read('');
            return isPublic((0,transport/* isRecord */.u4)(body) ? body : {}) ?? true;
        }
        catch {
            return true;
        }
    }
    /**
     * Tells this token's own comments from others'. An app's token can't ask who it is; of it is
     * known that it writes as a bot.
     */
    async ownAuthor() {
        if (this.#installation)
            return (author) => author.bot;
        const me = await this.#transport
            .send({ method: 'GET', path: '/user', repeatable: true })
            .then(({ body }) => readPerson(body).id)
            .catch((error) => {
            if (error instanceof GitHubRefusal && error.status === 403)
                return undefined;
            throw error;
        });
        return (author) => (me === undefined ? author.bot : author.id === me);
    }
    close() {
        return this.#transport.close();
    }
    #read(path) {
        return this.#transport.send({ method: 'GET', path: this.#path + path, repeatable: true });
    }
    /** Every page of a list, and the time of the first by the server's clock, in milliseconds. */
    async #list(path) {
        const all = [];
        let date = 0;
        for (let page = 1;; page++) {
            const answer = await this.#read(`${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
            const items = Array.isArray(answer.body) ? answer.body : [];
            date ||= answer.date;
            all.push(...items);
            if (items.length < 100)
                return { items: all, date };
        }
    }
    /** A request that may be sent twice without doing more than once. */
    #write(method, path, body) {
        const call = { method, path: this.#path + path, repeatable: true };
        return this.#transport.send(body ? { ...call, body } : call);
    }
}
/** Whether a repository, as events and answers show it, is public; undefined where they don't say. */
function isPublic(repository) {
    const { visibility, private: closed } = repository;
    if (typeof visibility === 'string')
        return visibility !== 'private' && visibility !== 'internal';
    return typeof closed === 'boolean' ? !closed : undefined;
}
/** Somebody from an event or an answer; nobody that could pass for anybody where it can't be read. */
function readPerson(value) {
    const { id, login, type } = (0,transport/* isRecord */.u4)(value) ? value : {};
    const name = typeof login === 'string' ? login : '';
    return { id: Number(id) || 0, login: name, bot: type === 'Bot' || name.endsWith('[bot]') };
}
function readIssue(value) {
    const { number, state, pull_request, labels } = (0,transport/* isRecord */.u4)(value) ? value : {};
    const names = (Array.isArray(labels) ? labels : []).map((label) => (0,transport/* isRecord */.u4)(label) ? String(label.name) : String(label));
    return {
        number: Number(number),
        open: state === 'open',
        pullRequest: Boolean(pull_request),
        labels: names,
    };
}
function readComment(value) {
    const { id, body, user, html_url } = (0,transport/* isRecord */.u4)(value) ? value : {};
    return {
        id: Number(id),
        body: typeof body === 'string' ? body : '',
        author: readPerson(user),
        url: String(html_url ?? ''),
    };
}
function theReason(error) {
    throw error instanceof transport/* AnswerLost */.F4 ? error.reason : error;
}


/***/ }),

/***/ 4511:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F9: () => (/* binding */ found),
/* harmony export */   Nq: () => (/* binding */ madeRecord),
/* harmony export */   cv: () => (/* binding */ say),
/* harmony export */   et: () => (/* binding */ subjectOf),
/* harmony export */   rO: () => (/* binding */ Elsewhere),
/* harmony export */   s$: () => (/* binding */ sameRequest),
/* harmony export */   tv: () => (/* binding */ approvedOf),
/* harmony export */   uK: () => (/* binding */ Told)
/* harmony export */ });
/* harmony import */ var _fivetran_naming_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9902);
/* harmony import */ var _fivetran_services_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7892);


/** A failure, and what those who read the issue are told of it; nothing if they aren't to be told. */
class Told extends Error {
    error;
    text;
    constructor(error, text) {
        super(error.message);
        this.error = error;
        this.text = text;
    }
}
/** Another run is at work on the same issue, and says what there is to say. */
class Elsewhere extends Error {
}
/** Writes the issue's comment; a dry run writes none. */
async function say({ options, thread }, record, text) {
    if (!options.dryRun)
        await thread.say(record, text);
}
/** Remembers a connection that is this issue's. */
function found({ result }, connection, created) {
    result.connection = connection;
    result.created = created;
}
/** What was approved, in the record's terms. */
function approvedOf({ connection }) {
    const { groupId: group, service, schema, table } = connection;
    return { group, service, schema, ...(table !== undefined && { table }) };
}
/** Whether two requests would make the same connection. */
function sameRequest(one, other) {
    return (one.group === other.group &&
        (0,_fivetran_services_js__WEBPACK_IMPORTED_MODULE_1__/* .sameService */ .cm)(one.service, other.service) &&
        subjectOf(one).name === subjectOf(other).name);
}
/** The record of a connection that was made for what was approved. */
function madeRecord({ group, service, schema, table, round }, connection) {
    return {
        kind: 'made',
        round,
        group,
        service,
        schema,
        ...(table !== undefined && { table }),
        connection: connection.id,
        expires: 0,
        state: 'failed',
    };
}
/** What the comments speak about. */
function subjectOf({ service, schema, table }) {
    return { service, name: (0,_fivetran_naming_js__WEBPACK_IMPORTED_MODULE_0__/* .connectionName */ .u7)({ schema, ...(table !== undefined && { table }) }) };
}


/***/ }),

/***/ 3782:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gu: () => (/* binding */ differentRequestText),
/* harmony export */   JC: () => (/* binding */ expiredText),
/* harmony export */   LJ: () => (/* binding */ goneText),
/* harmony export */   Ld: () => (/* binding */ linksText),
/* harmony export */   QW: () => (/* binding */ incompleteText),
/* harmony export */   Xz: () => (/* binding */ nameRefusedText),
/* harmony export */   bZ: () => (/* binding */ approveAgainText),
/* harmony export */   dz: () => (/* binding */ failedText),
/* harmony export */   eK: () => (/* binding */ handedOverText),
/* harmony export */   s8: () => (/* binding */ notApprovedText),
/* harmony export */   tZ: () => (/* binding */ connectedText),
/* harmony export */   vO: () => (/* binding */ brokenText),
/* harmony export */   wJ: () => (/* binding */ preparingText),
/* harmony export */   yX: () => (/* binding */ linkText)
/* harmony export */ });
/* harmony import */ var _github_event_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(122);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9626);


const AGAIN = `comment \`${_github_event_js__WEBPACK_IMPORTED_MODULE_0__/* .COMMAND */ .Wr}\` on this issue`;
function preparingText({ service }) {
    return page('Making your link', `A link to connect ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} is being made. One moment…`);
}
/** The link, and what to do with it. */
function linkText({ service, name }, card, renewed) {
    return page('Connect your data source', renewed ? 'Here is a fresh link. Use this one from now on.' : 'Your link is ready.', `**[Open your Connect Card](${target(card.link)})**`, [
        `1. The link opens a page of Fivetran, the service that moves the data. Sign in there to your own ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} account; nobody here sees what you enter.`,
        '2. Press **Save & Test**.',
        `3. Done: your data arrives under the name ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)}.`,
    ].join('\n'), `The link works until **${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .readableTime */ .GI)(card.expiresAt)}**. Keep it to yourself: whoever has it can connect a source in your place.`, `Too late, or did something go wrong? Then ${AGAIN}, and this comment gets a fresh link.`);
}
/** Where everybody could read the link, it isn't shown. */
function handedOverText({ service, name }, card) {
    return page('Connect your data source', `A link to connect ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} as ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)} was made. Everybody can read this repository, so the link isn't shown here: it was handed to the workflow's next step, which delivers it.`, `It works until **${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .readableTime */ .GI)(card.expiresAt)}**. For a fresh one, ${AGAIN}.`);
}
/** GitHub takes 65,536 characters; a little is left for the record. */
const MOST_CHARACTERS = 60_000;
/** Many links at once, as far as a comment holds them. */
function linksText(results, shown) {
    const lines = [];
    let characters = 0;
    for (const [index, result] of results.entries()) {
        const line = linkLine(result, shown);
        characters += line.length + 1;
        if (characters > MOST_CHARACTERS) {
            lines.push(`- … and ${results.length - index} more, in the run's results.`);
            break;
        }
        lines.push(line);
    }
    return page('Connect your data sources', shown
        ? 'Each link opens a page of Fivetran, the service that moves the data: sign in there to your own account, and press **Save & Test**. Keep the links to yourself: whoever has one can connect a source in your place.'
        : "The links were made. Everybody can read this repository, so they aren't shown here: they were handed to the workflow's next step, which delivers them.", lines.join('\n'));
}
function linkLine({ asked, outcome, connection, card, error }, shown) {
    const name = connection?.name ?? asked.schema ?? asked.connectionId ?? '';
    const label = [asked.name && (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(asked.name), name && (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)].filter(Boolean).join(', ');
    if (error)
        return `- ${label}: no link (${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(error.code)})`;
    if (!card)
        return `- ${label}: ${outcome === 'connected' ? 'connected already' : outcome}`;
    const until = `until ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .readableTime */ .GI)(card.expiresAt)}`;
    return shown
        ? `- ${label}: [open the Connect Card](${target(card.link)}), ${until}`
        : `- ${label}: made, ${until}`;
}
function connectedText({ service, name }) {
    return page('Connected', `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} is connected, and its data arrives under the name ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)}. There is nothing more to do.`);
}
function expiredText({ service, name }) {
    return page('The link has expired', `The link to connect ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} as ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)} worked for a day, and nobody has finished with it yet.`, `For a fresh one, ${AGAIN}.`);
}
function brokenText({ service, name }) {
    return page('The connection needs mending', `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} was connected as ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)}, but Fivetran can't get at its data any more: a password was changed, perhaps, or access was taken back.`, `To mend it, ${AGAIN}: the fresh link leads to where you sign in again.`);
}
/** The form can't be used as it is. */
function incompleteText(problems) {
    return page('Something is missing', 'No link was made, because of these fields of the form:', problems
        .map(({ input, message, fix }) => `- **${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(input)}** ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(`${message} ${fix}`)}`)
        .join('\n'), "Edit the issue's first text, take the label off, and have a maintainer put it on again.");
}
function notApprovedText(label, approvers) {
    const who = approvers.length > 0
        ? `one of its approvers (${approvers.map(_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY).join(', ')})`
        : 'somebody with triage rights or more';
    return page('Waiting for approval', `No link was made yet: a label counts only when ${who} puts it on. Take the label ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(label)} off, check the request, and put it on again.`);
}
/** The name belongs to something else; what that is stays untold. */
function nameRefusedText() {
    return page("This name can't be used", 'No link was made. Choose another schema (and table), edit the issue, and have a maintainer take the label off and put it on again.');
}
function differentRequestText({ service, name }) {
    return page('The request has changed', `This issue has a connection already: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} as ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)}. It stays as it is, and no other was made. Open a new issue for another connection.`, `For a fresh link to the one there is, ${AGAIN}.`);
}
/** There is no record of an approval that could be relied on. */
function approveAgainText(label) {
    return page('A maintainer must approve again', `There is no approval on record that still counts, because the API key was changed or the action's comment was lost, for example. A maintainer can take the label ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(label)} off and put it on again.`);
}
function goneText({ service, name }, label) {
    return page('The connection is gone', `The connection of ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(service)} as ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)} was deleted in Fivetran. A maintainer can take the label ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(label)} off and put it on again to make a new one.`);
}
/** What went wrong, in words for those who wait for the link; the rest is in the run's log. */
function failedText(error, { connectionId, runUrl }) {
    const said = FAILURES[error.code] ?? "The link couldn't be made.";
    const log = `[the run's log](${target(runUrl)})`;
    return page('No link yet', `${said} A maintainer finds the reason in ${log} (${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(error.code)}).`, connectionId
        ? `The connection itself was made (${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(connectionId)}) and isn't made twice: ${AGAIN} for its link.`
        : 'Nothing is lost: a maintainer can run it again.');
}
const FAILURES = {
    'rate-limited': 'Fivetran is asked too much at the moment, and wants to be asked again later.',
    timeout: "Fivetran didn't answer in time.",
    'server-error': 'Fivetran has a fault at the moment.',
    network: "Fivetran couldn't be reached.",
    'create-unknown': "Whether the connection was made can't be told yet.",
    'ownership-unclear': "Whether the connection belongs to this issue can't be told.",
    'duplicate-connection': 'There are several connections of this name.',
};
/** An address as the target of a link. Parsed and written again it has no blank or `>` in it. */
function target(address) {
    return `<${new URL(address).href.replaceAll('\\', '%5C')}>`;
}
function page(title, ...paragraphs) {
    return [`### ${title}`, ...paragraphs].join('\n\n');
}


/***/ })

};
;