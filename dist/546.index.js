"use strict";
exports.id = 546;
exports.ids = [546];
exports.modules = {

/***/ 5546:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readYamlRows: () => (/* binding */ readYamlRows)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3045);


const FIX = 'Write a list of mappings, such as "- service: google_ads", or the path of a .yml, .yaml, .json or .csv file.';
/** Reads a YAML or JSON list of mappings; JSON is YAML. */
function readYamlRows(text) {
    const counter = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__.parseDocument)(text, {
        prettyErrors: false,
        lineCounter: counter,
        // Its warnings, printed on standard error, would quote the text.
        logLevel: 'error',
    });
    const positionAt = (offset) => {
        const { line, col } = counter.linePos(offset);
        return { line: Math.max(1, line), column: Math.max(1, col) };
    };
    const positionOf = (node) => positionAt(node?.range?.[0] ?? 0);
    if (document.errors.length > 0) {
        const problems = document.errors.map(({ pos, code }) => ({
            position: positionAt(pos[0]),
            // The parser's own words may quote the text, which can hold a secret.
            message: `can't be read as YAML or JSON (${code.toLowerCase().replaceAll('_', ' ')}).`,
            fix: FIX,
        }));
        return { rows: [], problems };
    }
    const list = document.contents;
    if (!list || ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(list) && list.value === null))
        return { rows: [], problems: [] };
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(list)) {
        return {
            rows: [],
            problems: [{ position: positionOf(list), message: "isn't a list.", fix: FIX }],
        };
    }
    const read = { rows: [], problems: [] };
    for (const item of list.items) {
        const position = positionOf(item);
        const entry = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(item) ? item.resolve(document) : item;
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(entry)) {
            read.problems.push({ position, message: "isn't a mapping.", fix: FIX });
            continue;
        }
        const row = { position, cells: new Map(), extra: new Map() };
        for (const pair of entry.items) {
            const fault = readPair(pair, row, document, positionOf);
            if (fault)
                read.problems.push(fault);
        }
        read.rows.push(row);
    }
    return read;
}
/** Puts a pair into its row; what is wrong with it, if anything is. */
function readPair(pair, row, document, positionOf) {
    const name = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) ? String(pair.key.value) : '';
    const cell = readCell(pair, document, positionOf);
    const column = (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .readKey */ .YZ)(name);
    if ('message' in cell)
        return { ...cell, key: column.kind === 'known' ? name : (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name) };
    const position = positionOf(pair.key);
    if (column.kind === 'extra') {
        row.extra.set(name, cell.value);
        return undefined;
    }
    const { key } = column;
    const known = row.cells.has(key);
    // A misspelled key is reported and taken as meant, so that its value is checked.
    if (!known)
        row.cells.set(key, cell);
    if (column.kind === 'near') {
        return { position, key: (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name), message: column.message, fix: column.fix };
    }
    if (!known)
        return undefined;
    return { position, key, message: 'is a key already.', fix: 'Keep one of them.' };
}
function readCell({ key, value }, document, positionOf) {
    const position = positionOf(value ?? key);
    // Numbers as they are written: an id may begin with a zero.
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(value) && typeof value.value === 'number') {
        return { position, value: value.source ?? String(value.value) };
    }
    try {
        return { position, value: value?.toJS(document) ?? null };
    }
    catch {
        // An alias that can't be resolved, or multiplies without end.
        return { position, message: "can't be resolved.", fix: 'Write it out.' };
    }
}


/***/ })

};
;