"use strict";
exports.id = 151;
exports.ids = [151];
exports.modules = {

/***/ 8151:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commentOnIssue: () => (/* reexport */ commentOnIssue),
  readFollowUpInputs: () => (/* reexport */ readFollowUpInputs),
  readOnboardingInputs: () => (/* reexport */ readOnboardingInputs),
  startFollowUp: () => (/* reexport */ startFollowUp),
  startOnboarding: () => (/* reexport */ startOnboarding)
});

// EXTERNAL MODULE: ./lib/inputs/check-request.js
var check_request = __webpack_require__(5308);
;// CONCATENATED MODULE: ./lib/inputs/follow-up-inputs.js

function readFollowUpInputs(read, card) {
    (0,check_request/* checkCard */.hQ)({ redirectUri: card.redirectUri, settings: {} }, (problem) => read.problems.push(problem));
    if (!read.text('github-token')) {
        read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
    }
    return {
        label: read.text('label') || 'connect-card',
        renewLinks: read.flag('renew-links', false),
        connectedLabel: read.text('connected-label'),
        closeConnected: read.flag('close-connected', false),
        card,
    };
}

;// CONCATENATED MODULE: ./lib/inputs/onboarding-inputs.js

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
        read.wrong('group-id', fields.groupId ? "isn't a group's id." : 'is missing.', "Copy the id from the destination's page in Fivetran, or give groups.");
    }
    if (!read.text('github-token')) {
        read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
    }
    (0,check_request/* checkCard */.hQ)(fields, (problem) => read.problems.push(problem));
    const allowedServices = read.list('allowed-services');
    return {
        fields,
        rules: {
            groups,
            allowedServices: allowedServices.length > 0 ? allowedServices : ['*'],
            schemaPattern: readPattern(read),
        },
        label: read.text('label') || 'connect-card',
        approvers: read.list('approvers').map((login) => login.replace(/^@/, '')),
    };
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
            read.wrong(`groups.${name}`, "isn't a group's id.", 'Write it as a text: the id itself.');
        }
        else if (groups.has(key)) {
            read.wrong(`groups.${name}`, 'stands twice.', 'Give each name once, whatever its case.');
        }
        groups.set(key, String(id));
    }
    return groups;
}

// EXTERNAL MODULE: ./lib/model/errors.js
var model_errors = __webpack_require__(3183);
// EXTERNAL MODULE: ./lib/model/json.js
var json = __webpack_require__(8274);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/github/record.js


const VERSION = 'v1';
/** A comment that is laid out as the action's are, whoever signed it: title first, marker last. */
const LAYOUT = /^### .*<!-- connect-card-link v\d+ [\w-]+\.[\w-]+ -->\s*$/s;
const MARKER = /<!-- connect-card-link (v\d+) ([\w-]{1,8000})\.([\w-]{43}) -->/g;
/** Signs records and reads them back. Its key is derived from the API secret. */
class RecordSigner {
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
        if (!(0,json/* isRecord */.u)(sealed) || !(0,json/* isRecord */.u)(sealed.record))
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

// EXTERNAL MODULE: ./lib/http/transport.js + 2 modules
var transport = __webpack_require__(1816);
// EXTERNAL MODULE: ./lib/http/retry.js
var retry = __webpack_require__(2639);
;// CONCATENATED MODULE: ./lib/github/failures.js



/** A refusal by GitHub, with its status for those who can tell more from the request. */
class GitHubRefusal extends model_errors/* LinkError */.R6 {
    status;
    constructor(status, code, message, fix) {
        super(code, message, fix);
        this.status = status;
    }
}
/** After a secondary limit that names no time, GitHub wants at least a minute of quiet. */
const SECONDARY_WAIT = 60_000;
/** Tells GitHub's successes from failures. */
function classifyResponse(answer) {
    const { status, body } = answer;
    const promised = status === 204 || (0,json/* isRecord */.u)(body) || Array.isArray(body);
    if (status >= 200 && status < 300 && promised)
        return undefined;
    const wait = limitedFor(answer);
    if (wait !== undefined) {
        return {
            error: new GitHubRefusal(status, 'rate-limited', `GitHub's rate limit is reached (${status}).`, 'Run the job again later.'),
            retry: 'not-done',
            wait,
        };
    }
    return { error: refusal(answer), retry: status < 300 ? 'in-doubt' : (0,retry/* safetyOfStatus */.u8)(status) };
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
    const said = (0,model_errors/* oneLine */.TN)(messageIn(body), 200);
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
    return (0,json/* isRecord */.u)(body) && typeof body.message === 'string' ? body.message : '';
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
        this.#transport = new transport/* Transport */.o({
            ...surroundings,
            baseUrl: apiUrl,
            baseUrlFrom: 'GITHUB_API_URL',
            headers: {
                accept: 'application/vnd.github+json',
                'x-github-api-version': '2022-11-28',
                ...(token && { authorization: `Bearer ${token}` }),
            },
            timeout,
            classifyResponse: classifyResponse,
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
            if (!(error instanceof transport/* ResponseLost */.u))
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
        if (!(0,json/* isRecord */.u)(answer?.body))
            return false;
        const { permission, role_name, user } = answer.body;
        const rights = (0,json/* isRecord */.u)(user) && (0,json/* isRecord */.u)(user.permissions) ? user.permissions : {};
        return (['triage', 'write', 'maintain', 'admin'].includes(String(role_name)) ||
            // A role of the organization's own: what it is built on shows here,
            rights.triage === true ||
            // or in the older answer, which calls maintain write and triage read.
            ['write', 'admin'].includes(String(permission)));
    }
    /** The repository's number. */
    async id() {
        const { body } = await this.#read('');
        return Number((0,json/* isRecord */.u)(body) ? body.id : undefined);
    }
    /** Whether everybody can read the repository. When that can't be found out, they can. */
    async isPublic() {
        try {
            const { body } = await this.#read('');
            return isPublic((0,json/* isRecord */.u)(body) ? body : {}) ?? true;
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
    const { id, login, type } = (0,json/* isRecord */.u)(value) ? value : {};
    const name = typeof login === 'string' ? login : '';
    return { id: Number(id) || 0, login: name, bot: type === 'Bot' || name.endsWith('[bot]') };
}
function readIssue(value) {
    const { number, state, pull_request, labels } = (0,json/* isRecord */.u)(value) ? value : {};
    const names = (Array.isArray(labels) ? labels : []).map((label) => (0,json/* isRecord */.u)(label) ? String(label.name) : String(label));
    return {
        number: Number(number),
        open: state === 'open',
        pullRequest: Boolean(pull_request),
        labels: names,
    };
}
function readComment(value) {
    const { id, body, user, html_url } = (0,json/* isRecord */.u)(value) ? value : {};
    return {
        id: Number(id),
        body: typeof body === 'string' ? body : '',
        author: readPerson(user),
        url: String(html_url ?? ''),
    };
}
function theReason(error) {
    throw error instanceof transport/* ResponseLost */.u ? error.reason : error;
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/github/thread.js

/** Milliseconds in which what another run was writing just now has arrived, too. */
const ON_THE_WAY = 250;
/** An issue's comments, of which the action has one. */
class Thread {
    #repository;
    #signer;
    #issue;
    #own = { records: [], unreadable: [] };
    /** The server's time of the last reading, in milliseconds. */
    date = 0;
    /** Where the action's comment is, once it has written one. */
    url;
    constructor(repository, signer, issue) {
        this.#repository = repository;
        this.#signer = signer;
        this.#issue = issue;
    }
    /** Reads what is there; to be called first, and again to see what other runs did. */
    async read() {
        const { comments, date } = await this.#repository.comments(this.#issue);
        this.#own = await this.#signer.read(comments, () => this.#repository.ownAuthor());
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
        let comment = this.latest?.comment ?? this.#own.unreadable[0];
        if (!comment) {
            // A record that counts names its comment, which has no number before it is there.
            const isNote = record.kind === 'note';
            const mine = isNote
                ? await this.#add(record, text)
                : await this.#add({ kind: 'note', round: 0 }, 'One moment…');
            // Another run may have said something at the same moment: then that comment is the one.
            if (await this.#giveWayFor(mine, record))
                return;
            comment = isNote ? undefined : this.latest?.comment;
        }
        if (comment)
            await this.#write(comment, record, text);
        await this.#tidy();
    }
    /**
     * Says something that is only true if no other run says something else: neither could know whose
     * words come last.
     * @returns false when another run has written since this one read or wrote
     */
    async sayAlone(record, text) {
        if (await this.hasChanged())
            return false;
        await this.say(record, text);
        await (0,promises_.setTimeout)(ON_THE_WAY);
        return !(await this.hasChanged());
    }
    /** Reads again; whether the action's comment is another, or says something else, than before. */
    async hasChanged() {
        const before = this.latest?.comment;
        await this.read();
        const now = this.latest?.comment;
        return now?.id !== before?.id || textOf(now) !== textOf(before);
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
    /** Takes a comment back where another run's goes before it; gives whether that says enough. */
    async #giveWayFor(mine, record) {
        await this.read();
        const first = this.latest?.comment.id ?? mine.id;
        if (first === mine.id)
            return false;
        await this.#repository.deleteComment(mine.id);
        this.#own.records = this.#own.records.filter(({ comment }) => comment.id !== mine.id);
        this.url = this.latest?.comment.url;
        return record.kind === 'note';
    }
    async #add(record, text) {
        const body = `${text}\n\n${this.#signer.sign(record, undefined)}`;
        const comment = await this.#repository.addComment(this.#issue, body);
        this.#own.records.unshift({ comment, record });
        this.url = comment.url;
        return comment;
    }
    /** Writes into a comment of the action's, unless it says just that already. */
    async #write(comment, record, text) {
        const body = `${text}\n\n${this.#signer.sign(record, comment.id)}`;
        const same = textOf(comment) === body;
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
/** A comment's text, however GitHub ends its lines. */
function textOf(comment) {
    return comment?.body.replaceAll('\r\n', '\n');
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
        throw new model_errors/* LinkError */.R6('invalid-input', 'Which repository the issue is in is not known: GITHUB_REPOSITORY is not set.', 'Run this as a step of a workflow.');
    }
    const access = { token, apiUrl: context.apiUrl, repository: name, timeout };
    const repository = new Repository(access, surroundings);
    const told = context.payload.repository;
    const known = (0,json/* isRecord */.u)(told) ? told : {};
    const repositoryId = Number(id ?? known.id) || (await repository.id());
    // A run that is repeated gets the event of its first attempt, however long ago that was.
    const open = context.runAttempt > 1 ? undefined : isPublic(known);
    let asked;
    return {
        repository,
        threadOf: (issue) => new Thread(repository, new RecordSigner(apiSecret, { repositoryId, issue }), issue),
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
// What @actions/github knows of the run, without its API client, which would double the download;
// the package names no way to the one file, so it is taken by its path. docs/performance.md has the
// figures.


// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(9626);
;// CONCATENATED MODULE: ./lib/report/follow-up-summary.js

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

// EXTERNAL MODULE: ./lib/runner/outputs.js + 2 modules
var outputs = __webpack_require__(3530);
// EXTERNAL MODULE: ./lib/operations/report-result.js
var report_result = __webpack_require__(4463);
;// CONCATENATED MODULE: ./lib/github/event.js


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
    if (!(0,json/* isRecord */.u)(issue))
        return skip('The event names no issue.');
    if (issue.pull_request)
        return skip('This is a pull request, not an issue.');
    if (issue.state !== 'open')
        return skip('The issue is closed.');
    if (kind === 'label' && !sameLabel(payload.label, label)) {
        return skip(`The label that was put on isn't ${label}.`);
    }
    if (kind === 'command') {
        if (!startsWithCommand((0,json/* isRecord */.u)(comment) ? comment.body : undefined)) {
            return skip(`The comment doesn't start with ${COMMAND}.`);
        }
        const labels = Array.isArray(issue.labels) ? issue.labels : [];
        if (!labels.some((one) => sameLabel(one, label))) {
            return skip(`The issue doesn't have the label ${label}.`);
        }
    }
    const by = readPerson(kind === 'label' ? payload.sender : (0,json/* isRecord */.u)(comment) && comment.user);
    if (by.bot && !isAmong(approvers, by)) {
        return skip('A bot did this, and it is not among the approvers.');
    }
    return {
        kind,
        by,
        issue: {
            number: Number(issue.number),
            body: typeof issue.body === 'string' ? issue.body : '',
            author: readPerson(issue.user),
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
    const name = (0,json/* isRecord */.u)(value) ? value.name : undefined;
    return typeof name === 'string' && name.toLowerCase() === label.toLowerCase();
}
function skip(why) {
    return { skipped: why };
}

;// CONCATENATED MODULE: ./lib/report/comment.js


const AGAIN = `comment \`${COMMAND}\` on this issue`;
function preparingText({ service }) {
    return page('Making your link', `A link to connect ${(0,markdown/* code */.aY)(service)} is being made. One moment…`);
}
/** The link, and what to do with it. */
function linkText({ service, name }, card, renewed) {
    return page('Connect your data source', renewed ? 'Here is a fresh link. Use this one from now on.' : 'Your link is ready.', `**[Open your Connect Card](${target(card.link)})**`, [
        `1. The link opens a page of Fivetran, the service that moves the data. Sign in there to your own ${(0,markdown/* code */.aY)(service)} account; nobody here sees what you enter.`,
        '2. Press **Save & Test**.',
        `3. Done: your data arrives under the name ${(0,markdown/* code */.aY)(name)}.`,
    ].join('\n'), `The link works until **${(0,markdown/* readableTime */.GI)(card.expiresAt)}**. Keep it to yourself: whoever has it can connect a source in your place.`, `Too late, or did something go wrong? Then ${AGAIN}, and this comment gets a fresh link.`);
}
/** Where everybody could read the link, it isn't shown. */
function handedOverText({ service, name }, card) {
    return page('Connect your data source', `A link to connect ${(0,markdown/* code */.aY)(service)} as ${(0,markdown/* code */.aY)(name)} was made. Everybody can read this repository, so the link isn't shown here: it was handed to the workflow's next step, which delivers it.`, `It works until **${(0,markdown/* readableTime */.GI)(card.expiresAt)}**. For a fresh one, ${AGAIN}.`);
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
    const label = [asked.name && (0,markdown/* plain */.pj)(asked.name), name && (0,markdown/* code */.aY)(name)].filter(Boolean).join(', ');
    if (error)
        return `- ${label}: no link (${(0,markdown/* code */.aY)(error.code)})`;
    if (!card)
        return `- ${label}: ${outcome === 'connected' ? 'connected already' : outcome}`;
    const until = `until ${(0,markdown/* readableTime */.GI)(card.expiresAt)}`;
    return shown
        ? `- ${label}: [open the Connect Card](${target(card.link)}), ${until}`
        : `- ${label}: made, ${until}`;
}
function connectedText({ service, name }) {
    return page('Connected', `${(0,markdown/* code */.aY)(service)} is connected, and its data arrives under the name ${(0,markdown/* code */.aY)(name)}. There is nothing more to do.`);
}
function expiredText({ service, name }) {
    return page('The link has expired', `The link to connect ${(0,markdown/* code */.aY)(service)} as ${(0,markdown/* code */.aY)(name)} worked for a day, and nobody has finished with it yet.`, `For a fresh one, ${AGAIN}.`);
}
function brokenText({ service, name }) {
    return page('The connection needs mending', `${(0,markdown/* code */.aY)(service)} was connected as ${(0,markdown/* code */.aY)(name)}, but Fivetran can't get at its data any more: a password was changed, perhaps, or access was taken back.`, `To mend it, ${AGAIN}: the fresh link leads to where you sign in again.`);
}
/** The form can't be used as it is. */
function incompleteText(problems) {
    return page('Something is missing', 'No link was made, because of these fields of the form:', problems
        .map(({ input, message, fix }) => `- **${(0,markdown/* plain */.pj)(input)}** ${(0,markdown/* plain */.pj)(`${message} ${fix}`)}`)
        .join('\n'), "Edit the issue's first text, take the label off, and have a maintainer put it on again.");
}
function notApprovedText(label, approvers) {
    const who = approvers.length > 0
        ? `one of its approvers (${approvers.map(markdown/* code */.aY).join(', ')})`
        : 'somebody with triage rights or more';
    return page('Waiting for approval', `No link was made yet: a label counts only when ${who} puts it on. Take the label ${(0,markdown/* code */.aY)(label)} off, check the request, and put it on again.`);
}
/** The name belongs to something else; what that is stays untold. */
function nameRefusedText() {
    return page("This name can't be used", 'No link was made. Choose another schema (and table), edit the issue, and have a maintainer take the label off and put it on again.');
}
function differentRequestText({ service, name }) {
    return page('The request has changed', `This issue has a connection already: ${(0,markdown/* code */.aY)(service)} as ${(0,markdown/* code */.aY)(name)}. It stays as it is, and no other was made. Open a new issue for another connection.`, `For a fresh link to the one there is, ${AGAIN}.`);
}
/** There is no record of an approval that could be relied on. */
function approveAgainText(label) {
    return page('A maintainer must approve again', `There is no approval on record that still counts, because the API key was changed or the action's comment was lost, for example. A maintainer can take the label ${(0,markdown/* code */.aY)(label)} off and put it on again.`);
}
function goneText({ service, name }, label) {
    return page('The connection is gone', `The connection of ${(0,markdown/* code */.aY)(service)} as ${(0,markdown/* code */.aY)(name)} was deleted in Fivetran. A maintainer can take the label ${(0,markdown/* code */.aY)(label)} off and put it on again to make a new one.`);
}
/** What went wrong, in words for those who wait for the link; the rest is in the run's log. */
function failedText(error, { connectionId, runUrl }) {
    const said = FAILURES[error.code] ?? "The link couldn't be made.";
    const log = `[the run's log](${target(runUrl)})`;
    return page('No link yet', `${said} A maintainer finds the reason in ${log} (${(0,markdown/* code */.aY)(error.code)}).`, connectionId
        ? `The connection itself was made (${(0,markdown/* code */.aY)(connectionId)}) and isn't made twice: ${AGAIN} for its link.`
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

;// CONCATENATED MODULE: ./lib/operations/onboard/fresh-card.js
/** How often it is tried, where runs keep getting in each other's way. */
const TRIES = 3;
/**
 * Makes a card and puts it where its link is found. A new card ends the ones before it, so that of
 * two runs that make one at the same moment the later card has to be put there last: whoever finds
 * that the other was there makes another.
 * @param put gives false when another run was there in between
 */
async function putFreshCard(make, put) {
    for (let tries = 0; tries < TRIES; tries++) {
        if (await put(await make()))
            return;
    }
}

// EXTERNAL MODULE: ./lib/fivetran/services.js + 1 modules
var services = __webpack_require__(7892);
// EXTERNAL MODULE: ./lib/model/connection.js
var connection = __webpack_require__(8872);
;// CONCATENATED MODULE: ./lib/operations/onboard/job.js


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
        (0,services/* sameService */.cm)(one.service, other.service) &&
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
    return { service, name: (0,connection/* connectionName */.u)({ schema, ...(table !== undefined && { table }) }) };
}

;// CONCATENATED MODULE: ./lib/operations/follow-up/update-issue.js




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
        result.error = (0,model_errors/* asLinkError */.Lx)(error);
        result.outcome = 'failed';
    }
    return result;
}
async function follow(issue, made, thread, result, job) {
    const { inputs } = job;
    const subject = subjectOf(made);
    result.connectionId = made.connection;
    const tell = async (record, text) => {
        if (record.state === made.state && record.expires === made.expires)
            return;
        await change(result, job, () => thread.say(record, text));
    };
    const state = await stateOf(made, job);
    if (state === 'gone') {
        result.outcome = 'gone';
        return tell({ ...made, state, expires: 0 }, goneText(subject, inputs.label));
    }
    result.setupState = state;
    if (state === 'connected') {
        result.outcome = 'connected';
        await tell({ ...made, state, expires: 0 }, connectedText(subject));
        return finish(issue, result, job);
    }
    if (state === 'broken') {
        result.outcome = 'broken';
        return tell({ ...made, state, expires: 0 }, brokenText(subject));
    }
    const works = made.state === 'ready' && thread.date < made.expires;
    result.outcome = works || made.state === 'failed' ? 'waiting' : 'expired';
    if (works)
        return;
    if (inputs.renewLinks)
        return renew(made, thread, result, job);
    if (result.outcome === 'waiting')
        return;
    await tell({ ...made, state: 'expired', expires: 0 }, expiredText(subject));
}
/** The setup state; of those who are through it isn't asked again. */
async function stateOf({ connection, state }, { connections }) {
    if (state === 'connected' || state === 'gone')
        return state;
    try {
        return (await connections.get(connection)).setupState ?? 'incomplete';
    }
    catch (error) {
        if (error instanceof model_errors/* LinkError */.R6 && error.code === 'unknown-connection')
            return 'gone';
        throw error;
    }
}
/** A fresh link in place of one that has expired. */
async function renew(made, thread, result, job) {
    const subject = subjectOf(made);
    await change(result, job, () => putFreshCard(async () => {
        const card = await job.connections.makeCard(made.connection, job.inputs.card);
        job.onCard(card);
        result.card = card;
        return card;
    }, async (card) => {
        const text = (await job.place.mayShowLink())
            ? linkText(subject, card, true)
            : handedOverText(subject, card);
        const record = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
        return thread.sayAlone(record, text);
    }));
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

;// CONCATENATED MODULE: ./lib/operations/follow-up/follow-up.js


const CANCELLED = new model_errors/* LinkError */.R6('cancelled', 'The run was told to stop before this was begun.', 'Run the job again: it goes on with the rest.');
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
    let breaker;
    const waiting = [...issues];
    const worker = async () => {
        for (let issue = waiting.shift(); issue; issue = waiting.shift()) {
            if (options.stopped())
                breaker ??= CANCELLED;
            const result = breaker
                ? { issue: issue.number, outcome: 'failed', changed: false, error: breaker }
                : await settle(issue, options);
            results.push(result);
            if (result.error && HOPELESS.includes(result.error.code))
                breaker ??= result.error;
            tell(result, breaker, log);
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
function tell({ issue, outcome, changed, error }, breaker, log) {
    // Said once for all of them, at the end.
    if (error && error === breaker)
        return;
    if (error)
        log.warning(`Issue ${issue}: ${error.message} (${error.code})`);
    else if (changed)
        log.info(`Issue ${issue}: ${outcome}, and now says so.`);
}
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/operations/follow-up/start.js







/** Follows up the repository's issues and tells of each; gives whether all went well. */
async function startFollowUp(inputs, task, surroundings) {
    const { runner, env, cancellation } = surroundings;
    const results = [];
    const ended = start_follow(inputs, task, surroundings, results).then(() => true);
    const whole = await Promise.race([ended, cancellation.over.then(() => false)]);
    results.sort((a, b) => a.issue - b.issue);
    const errors = new Set(results.flatMap(({ error }) => error ?? []));
    if (!whole)
        errors.add((0,model_errors/* cancelled */.KW)('The run was told to stop before all issues were seen to.'));
    const outcome = errors.size > 0 ? 'failed' : inputs.dryRun ? 'dry-run' : 'followed-up';
    (0,outputs/* setResults */.PC)(results.map(followUpJson), outcome, runner, env);
    runner.summary(followUpSummary(results));
    for (const error of errors)
        (0,report_result/* reportError */.N)(error, runner);
    return errors.size === 0;
}
async function start_follow({ github, apiSecret, timeout, concurrency, dryRun }, inputs, { env, options, cancellation }, results) {
    const access = { ...github, context: new Context(), apiSecret, timeout };
    const place = await openRepository(access, { ...options, env, sockets: concurrency });
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

// EXTERNAL MODULE: ./lib/fivetran/naming.js
var naming = __webpack_require__(9902);
// EXTERNAL MODULE: ./lib/fivetran/create-once.js
var create_once = __webpack_require__(2462);
// EXTERNAL MODULE: ./lib/fivetran/duplicates.js
var duplicates = __webpack_require__(9296);
;// CONCATENATED MODULE: ./lib/operations/onboard/make.js







/**
 * Makes the connection for what was approved. Refuses when the name is in use, whoever uses it: this
 * issue has no record that says it is its own.
 * @param round one more than any round on record
 * @param unseenAt where an earlier run has looked already: the server's time, in milliseconds
 */
async function begin(job, request, round, unseenAt) {
    const { connections, thread, options, result } = job;
    const wanted = request.connection;
    const approved = approvedOf(request);
    const name = (0,connection/* connectionName */.u)(wanted);
    let since = unseenAt;
    if (since === undefined) {
        const before = await connections.named(wanted.groupId, name);
        if (before.connections.length > 0)
            await refuseName(job, round);
        options.log.info(`Connection ${name} in group ${wanted.groupId}: not there yet.`);
        since = before.date;
    }
    if (options.dryRun) {
        options.onDryRun(connections.createRequest(wanted));
        result.outcome = 'dry-run';
        return;
    }
    const times = { unseenAt: since, at: thread.date };
    const intent = { kind: 'intent', ...approved, ...times, round };
    if (!(await thread.claim(intent, preparingText(subjectOf(approved))))) {
        throw new Elsewhere('Another run is making the link for this issue.');
    }
    job.claimed = true;
    job.claimedAt = Date.now();
    const creation = await (0,create_once/* createOnce */.Ur)(wanted, since, {
        ...options,
        contested: true,
        made: (connection) => found(job, connection, true),
    });
    if (creation.outcome === 'taken') {
        throw unseenAt === undefined ? nameRefused() : (0,create_once/* unclear */.lD)(wanted, creation.refusal);
    }
    // An earlier run's request may have arrived after all, beside this one.
    if (unseenAt !== undefined)
        await refuseTwo(job, wanted, unseenAt);
    options.log.info(`Made connection ${creation.connection.id} (${wanted.service}, ${name}).`);
    await deliver(job, request, madeRecord(intent, creation.connection), creation.card, false);
}
async function refuseTwo({ connections }, wanted, since) {
    const name = (0,connection/* connectionName */.u)(wanted);
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
    const name = (0,connection/* connectionName */.u)(begun.connection);
    options.log.info(`An earlier run began to make ${name}. Looking whether it did.`);
    const changed = asked !== undefined && !sameRequest(intent, approvedOf(asked));
    const end = intent.at + longestRun;
    const over = thread.date > end;
    let look = { connections: [], date: intent.unseenAt };
    for (const pause of over ? [0] : create_once/* LOOKS */.BJ) {
        if (!(await options.budget.wait(pause)))
            throw stillOpen(name);
        if (pause > 0)
            await stopIfFinished(job, intent);
        look = await connections.named(intent.group, name);
        // What was made later than that run can have made it is somebody else's, of the same name.
        const ours = look.connections.filter((one) => (0,create_once/* isOf */.yW)(begun.connection, one, intent.unseenAt) && one.createdAt <= end);
        const [connection, ...more] = ours;
        if (more.length > 0)
            throw (0,duplicates/* duplicates */.X)(name, ours);
        // Whoever has just made it may be about to say so: that run goes first.
        if (!connection || (pause === 0 && !over))
            continue;
        options.log.info(`It did: connection ${connection.id}.`);
        found(job, connection, true);
        const made = madeRecord(intent, connection);
        return changed ? refuseDifferent(made) : linkFor(job, begun, made, false);
    }
    options.log.info("It didn't, or its request was lost.");
    if (changed)
        return begin(job, asked, intent.round + 1);
    if (look.connections.length > 0) {
        // The intent came to nothing, and mustn't be taken up again.
        job.claimed = true;
        throw nameRefused();
    }
    return begin(job, begun, intent.round + 1, look.date);
}
async function stopIfFinished({ thread }, intent) {
    await thread.read();
    const record = thread.latest?.record;
    if (record?.kind === 'intent' && record.round === intent.round)
        return;
    throw new Elsewhere('An earlier run has finished meanwhile.');
}
async function refuseName({ thread }, round) {
    // Another run for this issue may have made it since the comments were read.
    await thread.read();
    const record = thread.latest?.record;
    if (record && record.kind !== 'note' && record.round >= round) {
        throw new Elsewhere('Another run has made the connection for this issue.');
    }
    throw nameRefused();
}
function nameRefused() {
    const error = new model_errors/* LinkError */.R6('not-this-issues', 'A connection of that name is there, and it is not on record that it was made for this issue.', 'Choose another schema. If it does belong to this issue, a maintainer says so: operation: link, with its connection-id and the issue-number.');
    return new Told(error, nameRefusedText());
}
function stillOpen(name) {
    return new model_errors/* LinkError */.R6('create-unknown', `An earlier run may still be making connection ${name}, and max-wait is spent.`, 'Run the job again in a few minutes; it finds the connection if it was made.');
}

;// CONCATENATED MODULE: ./lib/operations/onboard/renew.js






/**
 * Makes a fresh link for the connection that this issue's record names.
 * @param asked what was approved just now; undefined for the command, which approves nothing
 */
async function renew_renew(job, made, asked) {
    const { connections, options, label } = job;
    const request = requestOf(job, made);
    if (!asked)
        job.result.asked = request.asked;
    const connection = await connections.get(made.connection).catch((error) => {
        if (error instanceof model_errors/* LinkError */.R6 && error.code === 'unknown-connection')
            return error;
        throw error;
    });
    if (connection instanceof model_errors/* LinkError */.R6) {
        options.log.notice(`${connection.message} It was made for this issue.`);
        if (asked)
            return begin(job, asked, made.round + 1);
        throw new Told(connection, goneText(subjectOf(made), label));
    }
    found(job, connection, false);
    if (asked && !sameRequest(made, approvedOf(asked)))
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
        const text = connectedText(subjectOf(made));
        return comment(made.connection, () => say(job, record, text));
    }
    if (options.dryRun) {
        options.onDryRun(connections.cardRequest(made.connection, request.connection.card));
        result.outcome = 'dry-run';
        return;
    }
    await deliver(job, request, made, undefined, renewed);
}
/**
 * Hands the link out: to the outputs first, where it is safe, then to the comment.
 * @param given a card that came with the connection; without one, it is made here
 */
async function deliver(job, request, made, given, renewed) {
    const { connections, options, result, thread } = job;
    let first = given;
    await putFreshCard(async () => {
        const card = first ?? (await connections.makeCard(made.connection, request.connection.card));
        if (!first)
            options.log.info(`Made a Connect Card for connection ${made.connection}.`);
        first = undefined;
        options.onCard(card);
        result.card = card;
        result.outcome = 'linked';
        job.keep();
        return card;
    }, async (card) => {
        const record = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
        const text = await cardText(job, subjectOf(made), card, renewed);
        return comment(made.connection, async () => {
            if (card !== given)
                return thread.sayAlone(record, text);
            // Nobody takes a connection over before its run has had a second to say so.
            if (Date.now() - job.claimedAt > 1000 && (await thread.hasChanged()))
                return false;
            await thread.say(record, text);
            return true;
        });
    });
}
/** Said where a comment leaves a link out. */
const PUBLIC = 'The repository is public, so the comment has no link: hand on the outputs, or set allow-public-comment. (public-repository)';
/** The words for a card: with its link only where those who can read it may have it. */
async function cardText({ mayShowLink, options }, subject, card, renewed) {
    if (await mayShowLink())
        return linkText(subject, card, renewed);
    options.log.notice(PUBLIC);
    return handedOverText(subject, card);
}
async function comment(connection, write) {
    return write().catch((thrown) => {
        throw new Told(notCommented((0,model_errors/* asLinkError */.Lx)(thrown), connection), undefined);
    });
}
/** The error where everything was made and only the comment couldn't be written. */
function notCommented(error, connection) {
    return new model_errors/* LinkError */.R6(error.code, `Connection ${connection} is there, and what was made is in the step's outputs, but the issue doesn't say so. ${error.message}`, error.fix, { cause: error });
}
/** The same issue asks for something else than what was made for it. */
function refuseDifferent(made) {
    const error = new model_errors/* LinkError */.R6('different-request', 'The issue asks for something else than what was approved and made before.', 'Open a new issue for another connection, or put the old values back.');
    throw new Told(error, differentRequestText(subjectOf(made)));
}
/** The request that a record tells of, with the workflow's own config, settings and card. */
function requestOf({ fields }, { group, service, schema, table }) {
    const problems = [];
    const request = (0,check_request/* checkRequest */.yG)({ ...fields, connectionId: '', groupId: group, service, schema, table: table ?? '' }, { problem: (problem) => problems.push(problem), warning: () => { } });
    if (request?.kind !== 'named')
        throw new model_errors/* InputError */.dz(problems);
    return request;
}

;// CONCATENATED MODULE: ./lib/operations/hand-over.js





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
            const text = failedText(error ?? { code: 'internal' }, {
                connectionId: connection?.id,
                runUrl,
            });
            const kept = before?.kind === 'made' ? { ...before, state: 'failed' } : before;
            return await thread.say(kept ?? { kind: 'note', round: 0 }, text);
        }
        const made = recordOf(connection, before?.round ?? 0);
        const subject = subjectOf(made);
        if (!card)
            return await thread.say({ ...made, state: 'connected' }, connectedText(subject));
        const record = { ...made, state: 'ready', expires: card.expiresAt.getTime() };
        await thread.say(record, await cardText({ mayShowLink, options }, subject, card, before?.kind === 'made'));
    }
    catch (thrown) {
        throw connection ? notCommented((0,model_errors/* asLinkError */.Lx)(thrown), connection.id) : thrown;
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
    await thread.say({ kind: 'note', round: thread.latest?.record.round ?? 0 }, linksText(results, shown));
}
/** The record of a connection that exists, its name in the parts that a form has. */
function recordOf({ id, service, groupId: group, name }, round) {
    const [, tableField] = (0,naming/* nameFieldsOf */.U)(service);
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
        return isAmong(approvers, by);
    if (kind === 'command') {
        return (by.id !== 0 && by.id === issue.author.id) || (await repository.mayTriage(by.login));
    }
    if (approvers.length > 0 && !isAmong(approvers, by))
        return false;
    return repository.mayTriage(by.login);
}

;// CONCATENATED MODULE: ./lib/issue-form/form.js
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
;// CONCATENATED MODULE: ./lib/issue-form/issue-request.js


/** Nothing that belongs in these fields is longer; what is isn't even looked at. */
const issue_request_MOST_CHARACTERS = 255;
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
        else if (value.length > issue_request_MOST_CHARACTERS || /[\r\n]/.test(value)) {
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
    const request = (0,check_request/* checkRequest */.yG)(checked, {
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

;// CONCATENATED MODULE: ./lib/operations/onboard/onboard.js








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
        if (thrown instanceof Elsewhere) {
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
        throw new Told(new model_errors/* InputError */.dz(asked.problems), incompleteText(asked.problems));
    }
    const record = thread.latest?.record;
    if (record?.kind === 'made')
        return renew_renew(job, record, asked?.request);
    if (record?.kind === 'intent')
        return resume(job, record, asked?.request);
    if (asked?.request)
        return begin(job, asked.request, (record?.round ?? 0) + 1);
    throw new Told(notApproved(job, 'There is no approval on record for this issue that still counts.'), approveAgainText(label));
}
/** The request in the form. A problem with what the workflow fixed ends the run at once. */
function readRequest({ trigger, fields, rules, options }) {
    const form = readForm(trigger.issue.body);
    const { request, problems, workflow, warnings } = readOnboarding(form, fields, rules);
    if (workflow.length > 0)
        throw new model_errors/* InputError */.dz(workflow);
    for (const warning of warnings)
        options.log.warning(warning);
    return { request, problems };
}
async function refuseApproval(job) {
    const { trigger, thread, label, approvers } = job;
    if (trigger.kind === 'command') {
        const error = notApproved(job, "Only the issue's author and who may triage can renew its link.");
        throw new Told(error, undefined);
    }
    await thread.read();
    const error = notApproved(job, `Whoever put the label ${label} on may not approve.`);
    // What our comment says stays: who may not approve may not take a link away either.
    throw new Told(error, thread.hasComment ? undefined : notApprovedText(label, approvers));
}
function notApproved({ label, approvers }, message) {
    const who = approvers.length > 0 ? approvers.join(' or ') : 'somebody with triage rights or more';
    return new model_errors/* LinkError */.R6('not-approved', message, `Have ${who} take the label ${label} off and put it on again.`);
}
/** Keeps what was made, then tells of the failure where those who wait will see it. */
async function fail(job, thrown) {
    const { options, thread, result } = job;
    const error = thrown instanceof Told ? thrown.error : (0,model_errors/* asLinkError */.Lx)(thrown);
    Object.assign(result, { outcome: 'failed', error });
    job.keep();
    const record = thread.latest?.record;
    const text = thrown instanceof Told ? thrown.text : plainText(job, error);
    if (!text)
        return;
    await say(job, recordAfter(job, error, record), text).catch((trouble) => {
        options.log.warning(`The issue's comment couldn't say so: ${(0,model_errors/* asLinkError */.Lx)(trouble).message}`);
    });
}
/** What a failure is called in the comment, if it can be written and somebody waits for it. */
function plainText({ approved, result, runUrl }, error) {
    if (!approved || /^(github|issue)-/.test(error.code))
        return undefined;
    return failedText(error, { connectionId: result.connection?.id, runUrl });
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
        return madeRecord(record, job.result.connection);
    }
    const withdrawn = record.kind === 'intent' && job.claimed && !IN_DOUBT.includes(error.code);
    return withdrawn ? { kind: 'note', round: record.round } : record;
}

;// CONCATENATED MODULE: ./lib/operations/onboard/start.js






/** A request that is sent late, and how long it takes to show, in milliseconds. */
const LATE = 75_000;
/** Acts on the event that started the run, if there is anything to do for it. */
async function startOnboarding(inputs, { fields, rules, label, approvers }, surroundings, result) {
    const { options } = surroundings;
    const context = new Context();
    const trigger = readTrigger(context, { label, approvers });
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
            claimedAt: 0,
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
    const context = new Context();
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
    return (0,json/* isRecord */.u)(issue) && !issue.pull_request ? Number(issue.number) : undefined;
}
async function start_open({ github, apiSecret, timeout }, context, issue, { env, options }) {
    const access = { ...github, context, apiSecret, timeout };
    const place = await openRepository(access, { ...options, env });
    return { ...place, thread: place.threadOf(issue) };
}

;// CONCATENATED MODULE: ./lib/operations/issues.js
// What needs GitHub, loaded together and only then: the operations on issues share most of it.






/***/ })

};
;