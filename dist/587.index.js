"use strict";
exports.id = 587;
exports.ids = [587];
exports.modules = {

/***/ 3045:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rk: () => (/* binding */ KEYS),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   YZ: () => (/* binding */ readKey),
/* harmony export */   m0: () => (/* binding */ isKey)
/* harmony export */ });
/* harmony import */ var _model_nearest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2820);

/** What an entry of a list may say, and which field of a request it is. */
const KEYS = {
    name: 'name',
    'group-id': 'groupId',
    service: 'service',
    schema: 'schema',
    table: 'table',
    config: 'config',
    settings: 'settings',
    'connection-id': 'connectionId',
    'redirect-uri': 'redirectUri',
};
function isKey(text) {
    return Object.hasOwn(KEYS, text);
}
/** Tells what a column or key is, compared without case. */
function readKey(text) {
    const name = text.trim().toLowerCase();
    if (isKey(name))
        return { kind: 'known', key: name };
    if (name.length > 40)
        return { kind: 'extra' };
    // Short words are near to many others: `date` isn't meant as `name`.
    const [key] = (0,_model_nearest_js__WEBPACK_IMPORTED_MODULE_0__/* .nearest */ .p)(name, Object.keys(KEYS), name.length < 6 ? 1 : 2);
    if (!key)
        return { kind: 'extra' };
    return {
        kind: 'near',
        key,
        message: `isn't known, but nearly ${key}.`,
        fix: `Did you mean ${key}? If it is something else, choose a name that is less like it.`,
    };
}
/** A key as it is named in a message, whoever wrote it. */
function quoted(text) {
    return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}


/***/ }),

/***/ 9587:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readRequestList: () => (/* binding */ readRequestList)
});

// EXTERNAL MODULE: ./lib/model/connection.js
var connection = __webpack_require__(8872);
// EXTERNAL MODULE: ./lib/inputs/check-request.js
var check_request = __webpack_require__(5308);
// EXTERNAL MODULE: ./lib/fivetran/naming.js
var naming = __webpack_require__(9902);
// EXTERNAL MODULE: ./lib/fivetran/services.js + 1 modules
var services = __webpack_require__(7892);
// EXTERNAL MODULE: ./lib/model/json.js
var json = __webpack_require__(8274);
// EXTERNAL MODULE: ./lib/inputs/mapping.js
var mapping = __webpack_require__(2234);
// EXTERNAL MODULE: ./lib/inputs/list/keys.js
var keys = __webpack_require__(3045);
;// CONCATENATED MODULE: ./lib/inputs/list/entry.js





/** Completes a row of a list with what it leaves out. */
async function readEntry({ position, cells, extra }, inputs, report) {
    const own = new Map();
    const texts = {};
    const mappings = { config: inputs.config, settings: inputs.settings };
    for (const [key, cell] of cells) {
        if (cell.value === null || cell.value === undefined)
            continue;
        own.set(key, cell.position);
        if (key === 'config' || key === 'settings') {
            const mapping = await readMappingCell(key, cell, report);
            for (const field of Object.keys(mapping))
                own.set(`${key}.${field}`, cell.position);
            // Key by key: what an entry says goes before what the input says.
            mappings[key] = { ...inputs[key], ...mapping };
        }
        else if (['string', 'number', 'boolean'].includes(typeof cell.value)) {
            texts[keys/* KEYS */.Rk[key]] = String(cell.value).trim();
        }
        else {
            report({
                position: cell.position,
                key,
                message: 'is not a text.',
                fix: 'Write a single value.',
            });
        }
    }
    const { name = '', ...said } = texts;
    const fields = { ...inherited(inputs, said), ...mappings, ...said };
    return {
        position,
        name,
        fields,
        extra: extra.size > 0 ? Object.fromEntries(extra) : undefined,
        own,
    };
}
/** What an entry takes from the inputs, and what doesn't apply to it. */
function inherited(inputs, said) {
    // A connection that exists has its group and its name.
    if (said.connectionId)
        return { ...inputs, groupId: '', service: '', schema: '', table: '' };
    const service = said.service ?? inputs.service;
    const hasNoTable = (0,services/* shapeOf */.F5)(service) && !(0,naming/* nameFieldsOf */.U)(service)[1];
    return { ...inputs, connectionId: '', ...(hasNoTable && { table: '' }) };
}
/** A mapping as YAML has it, or written as a text: in a cell of CSV. */
async function readMappingCell(key, { value, position }, report) {
    if ((0,json/* isRecord */.u)(value))
        return value;
    const wrong = ({ message, fix }) => report({ position, key, message, fix });
    if (typeof value === 'string')
        return (await (0,mapping/* readMapping */.v)(key, value, wrong)) ?? {};
    wrong({ message: 'is not a mapping.', fix: `Write ${key} as a mapping.` });
    return {};
}

;// CONCATENATED MODULE: ./lib/inputs/list/list-problems.js

/** More problems than these help nobody; how many more there are is said. */
const MOST_PROBLEMS = 100;
/** Before every position in the list. */
const INPUTS = { line: 0, column: 0 };
/** Collects what is wrong with a list, each with its position, and what is wrong alike only once. */
class ListProblems {
    #label;
    #inputs;
    #problems = [];
    /** Problems that many entries may share, by what they say. */
    #shared = new Map();
    #warnings = new Map();
    constructor(label, inputs) {
        this.#label = label;
        this.#inputs = inputs;
    }
    /** Something wrong with how the list is written. */
    fault({ position, key, message, fix }) {
        const input = this.#at(position, key);
        this.#problems.push({ code: 'bad-requests', input, message, fix, position, alike: 1 });
    }
    /** Something wrong with a request: with what the entry says, with an input, or for want of both. */
    problem(problem, { position, own }) {
        const { input, message, fix } = problem;
        const said = own.get(input);
        const known = this.#shared.get(input + message);
        if (said)
            this.fault({ position: said, key: input, message, fix });
        else if (known)
            known.alike += 1;
        else {
            const one = this.#isGiven(input)
                ? // It concerns every entry, and stands where the input does.
                    { ...problem, position: INPUTS, alike: Number.NaN }
                : {
                    ...problem,
                    code: 'bad-requests',
                    input: this.#at(position, input),
                    position,
                    alike: 1,
                };
            this.#shared.set(input + message, one);
            this.#problems.push(one);
        }
    }
    /** Something unusual, which is tried; reported once, for the first entry. */
    warning(message, position) {
        if (!this.#warnings.has(message)) {
            this.#warnings.set(message, `${this.#at(position)}, ${message}`);
        }
    }
    all() {
        const more = this.#problems.length - MOST_PROBLEMS;
        const inOrder = this.#problems.toSorted(({ position: a }, { position: b }) => a.line - b.line || a.column - b.column);
        const shown = inOrder.slice(0, MOST_PROBLEMS).map(({ alike, position, ...problem }) => {
            if (!(alike > 1))
                return problem;
            return {
                ...problem,
                message: `${problem.message} The same applies to ${count(alike - 1)} after it.`,
            };
        });
        if (more > 0) {
            const message = `has ${more} more problems.`;
            const fix = 'Fix these first.';
            shown.push({ code: 'bad-requests', input: this.#label, message, fix });
        }
        return { problems: shown, warnings: [...this.#warnings.values()] };
    }
    /** Whether an input says what is wrong: `settings.paused` is what the input settings says. */
    #isGiven(input) {
        const [root = '', field] = input.split('.');
        if (!(0,keys/* isKey */.m0)(root) || root === 'name')
            return false;
        return field !== undefined || this.#inputs[keys/* KEYS */.Rk[root]] !== '';
    }
    #at({ line, column }, key) {
        const position = `${this.#label}:${line}:${column}`;
        return key ? `${position}, ${key}` : position;
    }
}
function count(entries) {
    return entries === 1 ? 'one entry' : `${entries} entries`;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/inputs/list/list-source.js


/**
 * Reads the rows of a list: inline YAML or JSON, or a file of either or of CSV.
 * @param folder to which a path is relative
 */
async function readSource(text, folder) {
    const path = pathIn(text);
    const label = path ?? 'requests';
    const content = path === undefined ? text : await readText(path, folder);
    if (typeof content !== 'string')
        return { label, rows: [], problems: [content] };
    const rows = path && (0,external_node_path_.extname)(path).toLowerCase() === '.csv'
        ? (await Promise.all(/* import() */[__webpack_require__.e(175), __webpack_require__.e(957)]).then(__webpack_require__.bind(__webpack_require__, 3957))).readCsvRows(content)
        : (await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(546)]).then(__webpack_require__.bind(__webpack_require__, 5546))).readYamlRows(content);
    return { label, ...rows };
}
/** The path that an input is, if it isn't the list itself: one line with the ending of a file. */
function pathIn(text) {
    const line = text.trim();
    const isPath = /\.(ya?ml|json|csv)$/i.test(line) && !/\n|^(- |[[{])/.test(line);
    return isPath ? line : undefined;
}
async function readText(path, folder) {
    const whole = (0,external_node_path_.resolve)(folder, path);
    const start = { line: 1, column: 1 };
    let bytes;
    try {
        bytes = await (0,promises_.readFile)(whole);
    }
    catch (error) {
        const { code } = error;
        return code === 'ENOENT'
            ? {
                position: start,
                message: `doesn't exist: no file ${whole} was found.`,
                fix: 'Check the path, which is relative to the workspace, and that an earlier step checks out the repository or writes the file.',
            }
            : {
                position: start,
                message: `can't be read (${code}).`,
                fix: 'Check that it is a file, and that the runner may read it.',
            };
    }
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return { position: firstForeign(bytes), message: "isn't UTF-8.", fix: 'Save it as UTF-8.' };
    }
}
/** The position of the first bytes that aren't UTF-8. */
function firstForeign(bytes) {
    const strict = new TextDecoder('utf-8', { fatal: true });
    let line = 1;
    for (let from = 0; from <= bytes.length; line++) {
        const end = bytes.indexOf(10, from);
        const part = bytes.subarray(from, end < 0 ? bytes.length : end);
        try {
            strict.decode(part);
        }
        catch {
            return { line, column: part.toString().indexOf('\uFFFD') + 1 };
        }
        from = end < 0 ? bytes.length + 1 : end + 1;
    }
    return { line, column: 1 };
}

;// CONCATENATED MODULE: ./lib/inputs/list/request-list.js





/**
 * Reads the input `requests`: a YAML or JSON list, or the path of a file with one, or with CSV.
 * What an entry leaves out comes from the inputs. All problems are found before anything is sent.
 * @param folder to which a path is relative
 */
async function readRequestList(text, inputs, folder) {
    const { label, rows, problems } = await readSource(text, folder);
    const listed = new ListProblems(label, inputs);
    for (const fault of problems)
        listed.fault(fault);
    if (rows.length === 0 && problems.length === 0) {
        const position = { line: 1, column: 1 };
        listed.fault({ position, message: 'is empty.', fix: 'Write at least one entry.' });
    }
    const requests = [];
    const seen = new Map();
    for (const row of rows) {
        const entry = await readEntry(row, inputs, (fault) => listed.fault(fault));
        const request = (0,check_request/* checkRequest */.yG)(entry.fields, {
            problem: (problem) => listed.problem(problem, entry),
            warning: (message) => listed.warning(message, row.position),
        });
        if (!request)
            continue;
        if (entry.name)
            request.target.name = entry.name;
        if (entry.extra)
            request.target.extra = entry.extra;
        requests.push(request);
        for (const [what, which] of identities(request)) {
            const identity = JSON.stringify([what, which]);
            const before = seen.get(identity);
            if (before) {
                listed.fault({
                    position: row.position,
                    message: `has the same ${what} as line ${before.line}.`,
                    fix: 'Keep one of them.',
                });
            }
            else
                seen.set(identity, row.position);
        }
    }
    return { requests, ...listed.all() };
}
/** What no two entries of a list may share, in words. */
function identities(request) {
    const { name } = request.target;
    const target = request.kind === 'existing'
        ? ['connection-id', request.connectionId]
        : ['connection', `${request.connection.groupId} ${(0,connection/* connectionName */.u)(request.connection)}`];
    return name ? [target, ['name', name]] : [target];
}


/***/ })

};
;