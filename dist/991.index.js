export const id = 991;
export const ids = [991];
export const modules = {

/***/ 991:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   followUpJson: () => (/* binding */ followUpJson),
/* harmony export */   followUpSummary: () => (/* binding */ followUpSummary)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3021);

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
        const fresh = card ? `, fresh link until ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .readableTime */ .GI)(card.expiresAt)}` : '';
        const why = error ? `: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .plain */ .pj)(error.message)} (${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(error.code)})` : '';
        const id = connectionId ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(connectionId) : '';
        return `| ${number} | ${OUTCOMES[outcome]}${fresh}${why} | ${id} | ${changed ? 'yes' : ''} |`;
    });
    const table = ['| Issue | | Connection id | Changed |', '| ---: | --- | --- | --- |', ...rows];
    const nothing = 'There is no open issue with the approving label.';
    return ['## Connect Card Link: follow-up', '', ...(rows.length > 0 ? table : [nothing]), ''].join('\n');
}


/***/ })

};
