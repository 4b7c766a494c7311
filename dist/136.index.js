"use strict";
exports.id = 136;
exports.ids = [136];
exports.modules = {

/***/ 755:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readRequestList: () => (/* binding */ readRequestList)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8877);
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_v8__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2357);
/* harmony import */ var _fivetran_naming_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9902);
/* harmony import */ var _http_transport_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9351);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2326);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1094);
/* harmony import */ var _mapping_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3410);









/** What an entry may say, and which field of a request it is. */
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
/** More problems than these help nobody; how many more there are is said. */
const MOST_PROBLEMS = 100;
/**
 * Reads the input `requests`: a YAML or JSON list, or the path of a file with one, or with CSV.
 * What an entry leaves out comes from the inputs.
 * @param folder to which a path is relative
 */
async function readRequestList(text, inputs, folder) {
    // Thousands of requests leave much behind that is soon forgotten. V8 would rather have more room
    // for that than clear it away; docs/performance.md has what it takes with and without.
    (0,node_v8__WEBPACK_IMPORTED_MODULE_2__.setFlagsFromString)('--semi-space-growth-factor=1');
    const isPath = !text.includes('\n') && /\.(ya?ml|json|csv)$/i.test(text) && !/^[[{-]/.test(text);
    const source = isPath ? text : 'requests';
    const problems = [];
    const report = ({ line, column }, message, fix, key) => {
        const place = [source, line, column].filter((part) => part !== undefined).join(':');
        const input = key ? `${place}, ${key}` : place;
        problems.push({ code: 'bad-requests', input, message, fix });
    };
    const warnings = new Set();
    const { rows, problems: unreadable } = await readRows(text, isPath ? text : undefined, folder);
    for (const { place, message, fix } of unreadable)
        report(place, message, fix);
    if (rows.length === 0 && problems.length === 0) {
        report({ line: 1 }, 'is empty.', 'Give at least one entry.');
    }
    const requests = [];
    const seen = new Map();
    for (const row of rows) {
        const fields = await readFields(row, inputs, report);
        const request = (0,_check_js__WEBPACK_IMPORTED_MODULE_6__/* .checkRequest */ .yG)(fields, {
            problem: ({ input, message, fix }) => {
                const at = row.cells.get(input.split('.')[0] ?? '')?.place ?? row.place;
                report(at, message, fix, input);
            },
            warning: (message) => warnings.add(message),
        });
        if (!request)
            continue;
        if (fields.name)
            request.asked.name = fields.name;
        for (const key of identities(request)) {
            const before = seen.get(key);
            if (before)
                report(row.place, `is the same ${key.split(' ')[0]} as in line ${before.line}.`, 'Keep one of them.');
            else
                seen.set(key, row.place);
        }
        requests.push(request);
    }
    const more = problems.length - MOST_PROBLEMS;
    if (more > 0) {
        problems.splice(MOST_PROBLEMS);
        report({ line: 1 }, `has ${more} more problems.`, 'Mend these first.');
    }
    return { requests, problems, warnings: [...warnings] };
}
async function readRows(text, path, folder) {
    const content = path === undefined ? text : await readText(path, folder);
    if (path !== undefined && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.extname)(path).toLowerCase() === '.csv') {
        const { readCsvRows } = await Promise.all(/* import() */[__webpack_require__.e(175), __webpack_require__.e(448)]).then(__webpack_require__.bind(__webpack_require__, 9448));
        return readCsvRows(content);
    }
    const { readYamlRows } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(653)]).then(__webpack_require__.bind(__webpack_require__, 9653));
    return readYamlRows(content.replace(/^\uFEFF/, ''));
}
async function readText(path, folder) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, path)));
    }
    catch (error) {
        const { code } = error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .LinkError */ .R6('bad-requests', code === 'ENOENT'
            ? `There is no file ${path} in the workspace.`
            : `The file ${path} can't be read as UTF-8 (${code}).`, code === 'ENOENT'
            ? 'Check the path, which is relative to the workspace, and that actions/checkout ran before.'
            : 'Save it as UTF-8, and check that the runner may read it.', { cause: error });
    }
}
/** The fields of one entry, on top of what the inputs say. */
async function readFields({ cells, place }, inputs, report) {
    const fields = { ...inputs };
    // An entry for a connection that exists has no use for what names a new one.
    if (cells.get('connection-id')?.value)
        Object.assign(fields, { service: '', schema: '', table: '' });
    for (const [key, cell] of cells) {
        if (!Object.hasOwn(KEYS, key)) {
            const [meant] = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_8__/* .nearest */ .p)(key, Object.keys(KEYS));
            report(cell.place, `isn't something that an entry has.`, meant ? `Did you mean ${meant}?` : `It may have ${Object.keys(KEYS).join(', ')}.`, JSON.stringify(key.slice(0, 40)));
            continue;
        }
        const { value } = cell;
        if (value === null || value === undefined)
            continue;
        const field = KEYS[key];
        if (field === 'config' || field === 'settings') {
            const mapping = await readMappingCell(key, cell, report);
            // Key by key: what an entry says goes before what the input says.
            if (mapping)
                fields[field] = { ...inputs[field], ...mapping };
        }
        else if (['string', 'number', 'boolean'].includes(typeof value)) {
            fields[field] = String(value).trim();
        }
        else {
            report(cell.place ?? place, 'is not a text.', 'Write a single value.', key);
        }
    }
    return fields;
}
async function readMappingCell(key, { value, place }, report) {
    if ((0,_http_transport_js__WEBPACK_IMPORTED_MODULE_5__/* .isRecord */ .u4)(value))
        return value;
    if (typeof value === 'string') {
        // A cell of CSV holds the mapping as a text.
        return (0,_mapping_js__WEBPACK_IMPORTED_MODULE_7__/* .readMapping */ .v)(key, value, ({ message, fix }) => report(place, message, fix, key));
    }
    report(place, 'is not a mapping.', `Write ${key} as a mapping.`, key);
    return undefined;
}
/** What no two entries of a list may share, in words. */
function identities(request) {
    const { name } = request.asked;
    const target = request.kind === 'existing'
        ? `connection-id ${request.connectionId}`
        : `connection ${request.connection.groupId} ${(0,_fivetran_naming_js__WEBPACK_IMPORTED_MODULE_4__/* .connectionName */ .u7)(request.connection)}`;
    return name ? [target, `name ${name}`] : [target];
}


/***/ })

};
;