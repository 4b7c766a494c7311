"use strict";
exports.id = 957;
exports.ids = [957];
exports.modules = {

/***/ 3957:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readCsvRows: () => (/* binding */ readCsvRows)
/* harmony export */ });
/* harmony import */ var csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5175);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3045);
/* harmony import */ var _position_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3098);



/**
 * Reads CSV with a header row (RFC 4180), its lines ended in either way. Semicolons and tabs between
 * the columns will do, as spreadsheets write them in much of the world.
 */
function readCsvRows(text) {
    // No name of a column has one of these in it, so that the header tells.
    const delimiter = /[,;\t]/.exec(text.split(/\r?\n/).find((line) => line.trim()) ?? '')?.[0] ?? ',';
    let parsed;
    try {
        parsed = (0,csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, {
            delimiter,
            info: true,
            raw: true,
            relax_column_count: true,
            skip_empty_lines: true,
            skip_records_with_empty_values: true,
            trim: true,
        });
    }
    catch (error) {
        if (!(error instanceof csv_parse_sync__WEBPACK_IMPORTED_MODULE_0__/* .CsvError */ .J$))
            throw error;
        return { rows: [], problems: [unreadable(text, delimiter, error)] };
    }
    const [header, ...records] = parsed;
    if (!header)
        return { rows: [], problems: [] };
    const problems = checkHeader(header, delimiter);
    const rows = [];
    for (const one of records) {
        const row = readRow(one, header.record, delimiter);
        if ('cells' in row)
            rows.push(row);
        else
            problems.push(row);
    }
    return { rows, problems };
}
function checkHeader(header, delimiter) {
    const positions = positionsOf(header, delimiter);
    const at = (index) => positions[index] ?? { line: 1, column: 1 };
    if (!header.record.some(_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .isKey */ .m0)) {
        const fix = 'Name the columns in the first line, for example name,service,schema.';
        return [{ position: at(0), message: 'has no header row.', fix }];
    }
    return header.record.flatMap((name, index) => {
        const position = at(index);
        if (!(0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .isKey */ .m0)(name))
            return [{ position, key: (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(name), ...(0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownKey */ .a)(name) }];
        if (header.record.indexOf(name) === index)
            return [];
        return [{ position, key: name, message: 'is a column already.', fix: 'Keep one of them.' }];
    });
}
function readRow(parsed, names, delimiter) {
    const { record } = parsed;
    const positions = positionsOf(parsed, delimiter);
    const position = { line: positions[0]?.line ?? 1, column: 1 };
    if (record.length !== names.length) {
        return {
            position,
            message: `has ${record.length} values; the header has ${names.length}.`,
            fix: 'Write one value for each column, empty ones too, and put a value with a comma in it in double quotes.',
        };
    }
    const cells = record.flatMap((value, index) => {
        const name = names[index] ?? '';
        // What is wrong with a column has been said of the header.
        return (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .isKey */ .m0)(name)
            ? [[name, { value: value || null, position: positions[index] ?? position }]]
            : [];
    });
    return { position, cells: new Map(cells) };
}
/** Where each cell of a record stands. */
function positionsOf({ raw, info }, delimiter) {
    const written = raw.trimEnd();
    const first = info.lines - written.split('\n').length + 1;
    return startsOf(raw, delimiter).map((offset) => {
        const { line, column } = (0,_position_js__WEBPACK_IMPORTED_MODULE_2__/* .positionOf */ .d)(raw, offset);
        return { line: first + line - 1, column };
    });
}
/** The offset at which each cell starts, the blanks before it left out. */
function startsOf(text, delimiter) {
    const starts = [];
    let expecting = true;
    let inQuotes = false;
    for (let offset = 0; offset < text.length; offset++) {
        const character = text.charAt(offset);
        const divides = character === delimiter && !inQuotes;
        if (expecting && (divides || character.trim())) {
            starts.push(offset);
            expecting = false;
        }
        // A doubled quote ends and begins at once.
        if (character === '"')
            inQuotes = !inQuotes;
        if (divides)
            expecting = true;
    }
    return expecting ? [...starts, text.length] : starts;
}
function unreadable(text, delimiter, error) {
    return {
        position: (0,_position_js__WEBPACK_IMPORTED_MODULE_2__/* .positionOf */ .d)(text, faultIn(text, delimiter, error)),
        // The parser's own words may quote the text, which can hold a secret.
        message: `isn't CSV (${error.code.replace(/^CSV_/, '').toLowerCase().replaceAll('_', ' ')}).`,
        fix: 'Write a value that has a comma, a quote or a line break in it in double quotes, and each quote within it twice.',
    };
}
/** The offset of the cell that can't be read. */
function faultIn(text, delimiter, error) {
    // A quote that is never closed takes all that follows into its cell, which so is the last one.
    const lines = text.replaceAll('\n', delimiter);
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
        return startsOf(lines, delimiter).at(-1) ?? 0;
    const { bytes_records: good = 0, column = 0 } = error;
    const read = Buffer.from(text).subarray(0, good).toString().length;
    return read + (startsOf(text.slice(read), delimiter)[column] ?? 0);
}


/***/ })

};
;