"use strict";
exports.id = 448;
exports.ids = [448];
exports.modules = {

/***/ 9448:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readCsvRows: () => (/* binding */ readCsvRows)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5175);

/** Reads CSV with a header row (RFC 4180), its lines ended in either way. */
function readCsvRows(text) {
    let parsed;
    try {
        parsed = (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, {
            bom: true,
            info: true,
            relax_column_count: true,
            skip_empty_lines: true,
            trim: true,
        });
    }
    catch (error) {
        if (!(error instanceof csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .CsvError */ .J$))
            throw error;
        const line = Number(error.lines ?? 1);
        const what = error.code.replace(/^CSV_/, '').toLowerCase().replaceAll('_', ' ');
        const fix = 'Write values with commas, quotes or line breaks in double quotes.';
        return { rows: [], problems: [{ place: { line }, message: `isn't CSV (${what}).`, fix }] };
    }
    const [header, ...records] = parsed;
    const names = header?.record ?? [];
    const rows = [];
    const problems = [];
    for (const { record, info } of records) {
        const line = info.lines - record.join('').split('\n').length + 1;
        const place = { line };
        if (record.length !== names.length) {
            problems.push({
                place,
                message: `has ${record.length} values; the header has ${names.length}.`,
                fix: 'Write one value for each column, empty ones too.',
            });
            continue;
        }
        const cells = record.map((value, column) => [
            names[column] ?? '',
            { value: value === '' ? null : value, place: { line, column: column + 1 } },
        ]);
        rows.push({ place, cells: new Map(cells) });
    }
    return { rows, problems };
}


/***/ })

};
;