"use strict";
exports.id = 653;
exports.ids = [653];
exports.modules = {

/***/ 9653:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readYamlRows: () => (/* binding */ readYamlRows)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);

/** Reads a YAML or JSON list of mappings; JSON is YAML. */
function readYamlRows(text) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__.parseDocument)(text, { prettyErrors: false, lineCounter: lines });
    const placeOf = (node) => {
        const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
        return { line, column: col };
    };
    if (document.errors.length > 0) {
        const problems = document.errors.map((error) => {
            const { line, col } = lines.linePos(error.pos[0]);
            // The parser's own words may quote the text, which can hold a secret.
            const what = error.code.toLowerCase().replaceAll('_', ' ');
            return {
                place: { line, column: col },
                message: `can't be read as YAML or JSON (${what}).`,
                fix: 'Write a list of mappings.',
            };
        });
        return { rows: [], problems };
    }
    const list = document.contents;
    const rows = [];
    const problems = [];
    const fix = 'Write a list of mappings, such as "- service: google_ads".';
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(list)) {
        return { rows, problems: [{ place: placeOf(list), message: "isn't a list.", fix }] };
    }
    for (const item of list.items) {
        const place = placeOf(item);
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(item)) {
            problems.push({ place, message: "isn't a mapping.", fix });
            continue;
        }
        const cells = new Map();
        for (const { key, value } of item.items) {
            const name = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) ? String(key.value) : '';
            const node = (value ?? key);
            // An alias that can't be resolved, or multiplies without end, throws.
            let content;
            try {
                content = value?.toJS(document) ?? null;
            }
            catch {
                problems.push({ place: placeOf(node), message: "can't be resolved.", fix });
            }
            cells.set(name, { value: content, place: placeOf(node) });
        }
        rows.push({ place, cells });
    }
    return { rows, problems };
}


/***/ })

};
;