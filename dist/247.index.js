"use strict";
exports.id = 247;
exports.ids = [247,498];
exports.modules = {

/***/ 1247:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  reportMany: () => (/* binding */ reportMany)
});

// EXTERNAL MODULE: ./lib/model/errors.js
var errors = __webpack_require__(3183);
// EXTERNAL MODULE: ./lib/model/link.js
var model_link = __webpack_require__(1372);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(9626);
// EXTERNAL MODULE: ./lib/report/results.js
var report_results = __webpack_require__(2329);
// EXTERNAL MODULE: ./lib/report/summary.js
var summary = __webpack_require__(6047);
;// CONCATENATED MODULE: ./lib/report/batch-summary.js





/**
 * GitHub shows a step's summary up to 1024 KiB, and nothing of a longer one:
 * docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MOST_BYTES = 1_000_000;
/** The job summary of many requests: how many have which outcome, and a table as long as GitHub allows. */
function batchSummary(results, most = MOST_BYTES) {
    const head = [
        '## Connect Card Link',
        '',
        `${results.length} requests: ${(0,report_results/* tally */.N4)(results)}.`,
        "The links are in the step's outputs `results` and `results-file`. They aren't shown here: whoever has a link can connect its source.",
        '',
        '| | Name | Group | Service | Connection | Outcome | Link works until |',
        '| ---: | --- | --- | --- | --- | --- | --- |',
    ];
    const lines = [];
    let bytes = Buffer.byteLength(head.join('\n')) + 200;
    for (const [index, result] of results.entries()) {
        const line = row(index + 1, result);
        bytes += Buffer.byteLength(line) + 1;
        if (bytes > most) {
            const more = results.length - index;
            lines.push('', `${more} more rows don't fit into the summary: see \`results-file\`.`);
            break;
        }
        lines.push(line);
    }
    return [...head, ...lines, ''].join('\n');
}
function row(number, result) {
    const known = (0,report_results/* resultJson */.y3)(result);
    const { name, group_id, service, schema, table, connection_name, connection_id } = known;
    const connection = connection_name ?? [schema, table].filter(Boolean).join('.');
    const { card, outcome } = result;
    const error = (0,model_link/* errorOf */.Mz)(result);
    const cells = [
        String(number),
        name ? (0,markdown/* plain */.pj)(name) : '',
        group_id ? (0,markdown/* code */.aY)(group_id) : '',
        service ? (0,markdown/* code */.aY)(service) : '',
        [connection, connection_id]
            .filter(Boolean)
            .map((part) => (0,markdown/* code */.aY)(String(part)))
            .join(' '),
        error ? `Failed: ${(0,markdown/* plain */.pj)(error.message)} (${(0,markdown/* code */.aY)(error.code)})` : summary/* OUTCOMES */.i[outcome],
        card ? (0,markdown/* readableTime */.GI)(card.expiresAt) : '',
    ];
    return `| ${cells.join(' | ')} |`;
}
/** GitHub shows ten errors of a step as annotations; the rest is in the summary. */
const MOST_ERRORS = 10;
/** The failures of many requests as sentences for annotations; the same failure is said once. */
function failureLines(results) {
    const failures = new Map();
    for (const [index, result] of results.entries()) {
        const failed = (0,model_link/* errorOf */.Mz)(result);
        const error = failed instanceof errors/* NotBegun */.TI ? failed.reason : failed;
        if (!error)
            continue;
        const failure = failures.get(error.message) ?? { error, rows: [] };
        failure.rows.push(index + 1);
        failures.set(error.message, failure);
    }
    const lines = [...failures.values()].slice(0, MOST_ERRORS).map(({ error, rows }) => {
        const which = rows.length === 1 ? `Request ${rows[0]}` : `${rows.length} requests, from ${rows[0]} on`;
        return `${which}: ${error.message} ${error.fix} (${error.code})`;
    });
    return { lines, more: Math.max(0, failures.size - MOST_ERRORS) };
}

// EXTERNAL MODULE: ./lib/report/dry-run.js
var dry_run = __webpack_require__(6498);
// EXTERNAL MODULE: ./lib/model/connection.js
var model_connection = __webpack_require__(8872);
;// CONCATENATED MODULE: ./lib/report/dry-run-many.js

/** More lines than these nobody reads in a log. */
const MOST_LINES = 50;
const MOST_NAMES = 5;
/**
 * What a dry run of many requests holds back, in few lines: similar ones together, by what they
 * create, their service and their group.
 */
function dryRunMany(results) {
    const kinds = new Map();
    for (const result of results) {
        if (result.outcome !== 'dry-run')
            continue;
        const [kind, name] = kindOf(result);
        const names = kinds.get(kind) ?? [];
        names.push(name);
        kinds.set(kind, names);
    }
    const lines = [...kinds].map(([kind, names]) => `${names.length} × ${kind}: ${some(names)}`);
    const more = lines.length - MOST_LINES;
    return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} more kinds`] : lines;
}
/** The first held-back request of each kind, as an example of the others. */
function firstUnsent(results) {
    const examples = new Map();
    for (const result of results) {
        if (result.outcome !== 'dry-run' || !result.unsent)
            continue;
        // A request for a card is for a connection that exists.
        const isCard = result.connection !== undefined;
        if (!examples.has(isCard))
            examples.set(isCard, result.unsent);
    }
    return [...examples.values()];
}
function kindOf({ connection, target }) {
    if (connection) {
        const { service, groupId, name, id } = connection;
        return [`a card for an existing ${service} in group ${groupId}`, `${name} (${id})`];
    }
    const { service, groupId, schema = '', table } = target;
    const name = (0,model_connection/* connectionName */.u)({ schema, ...(table !== undefined && { table }) });
    return [`a new connection of ${service} in group ${groupId}`, name];
}
function some(names) {
    const more = names.length - MOST_NAMES;
    const shown = names.slice(0, MOST_NAMES).join(', ');
    return more > 0 ? `${shown} and ${more} more` : shown;
}

;// CONCATENATED MODULE: ./lib/operations/report-many.js




/** Reports several results to people: log, summary, annotations. */
function reportMany(results, runner) {
    const unsent = dryRunMany(results);
    if (unsent.length > 0)
        runner.group('What would be sent', unsent);
    for (const request of firstUnsent(results)) {
        runner.group('The first of them', (0,dry_run.dryRunRequest)(request));
    }
    runner.info(`Done: ${(0,report_results/* tally */.N4)(results)}.`);
    runner.summary(batchSummary(results));
    const { lines, more } = failureLines(results);
    for (const line of lines)
        runner.error(line, 'Connect Card Link failed');
    if (more > 0)
        runner.info(`${more} more failures are in the summary.`);
}


/***/ }),

/***/ 6498:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dryRunRequest: () => (/* binding */ dryRunRequest)
/* harmony export */ });
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8274);

/** The fields of `config` that name the connection; all others may hold a secret. */
const NAMES = ['schema', 'table', 'schema_prefix', 'table_group_name'];
/** A request that a dry run holds back, as lines for the log, without any value that may be secret. */
function dryRunRequest({ path, body }) {
    if (!body)
        return [`POST ${path}`];
    const shown = Object.entries(body).map(([key, value]) => {
        const secret = (key === 'config' || key === 'auth') && (0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isRecord */ .u)(value);
        return [key, secret ? withoutValues(value) : value];
    });
    return [`POST ${path}`, ...JSON.stringify(Object.fromEntries(shown), null, 2).split('\n')];
}
function withoutValues(mapping) {
    return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, NAMES.includes(key) ? value : '(hidden)']));
}


/***/ })

};
;