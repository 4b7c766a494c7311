"use strict";
exports.id = 653;
exports.ids = [653];
exports.modules = {

/***/ 9653:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readYamlRows: () => (/* binding */ readYamlRows)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3160);


const FIX = 'Write a list of mappings, such as "- service: google_ads", or the path of a .yml, .yaml, .json or .csv file.';
/** Reads a YAML or JSON list of mappings; JSON is YAML. */
function readYamlRows(text) {
    const counter = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__.parseDocument)(text, { prettyErrors: false, lineCounter: counter });
    const placeAt = (offset) => {
        const { line, col } = counter.linePos(offset);
        return { line: Math.max(1, line), column: Math.max(1, col) };
    };
    const placeOf = (node) => placeAt(node?.range?.[0] ?? 0);
    if (document.errors.length > 0) {
        const problems = document.errors.map(({ pos, code }) => ({
            place: placeAt(pos[0]),
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
        return { rows: [], problems: [{ place: placeOf(list), message: "isn't a list.", fix: FIX }] };
    }
    const read = { rows: [], problems: [] };
    for (const item of list.items) {
        const place = placeOf(item);
        const entry = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(item) ? item.resolve(document) : item;
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(entry)) {
            read.problems.push({ place, message: "isn't a mapping.", fix: FIX });
            continue;
        }
        const cells = new Map();
        for (const pair of entry.items) {
            const name = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) ? String(pair.key.value) : '';
            const cell = readCell(pair, document, placeOf);
            if (!(0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .isKey */ .m0)(name)) {
                const key = (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name);
                read.problems.push({ place: placeOf(pair.key), key, ...(0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownKey */ .a)(name) });
            }
            else if ('message' in cell)
                read.problems.push({ ...cell, key: name });
            else
                cells.set(name, cell);
        }
        read.rows.push({ place, cells });
    }
    return read;
}
function readCell({ key, value }, document, placeOf) {
    const place = placeOf(value ?? key);
    // Numbers as they are written: an id may begin with a zero.
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(value) && typeof value.value === 'number') {
        return { place, value: value.source ?? String(value.value) };
    }
    try {
        return { place, value: value?.toJS(document) ?? null };
    }
    catch {
        // An alias that can't be resolved, or multiplies without end.
        return { place, message: "can't be resolved.", fix: 'Write it out.' };
    }
}


/***/ })

};
;