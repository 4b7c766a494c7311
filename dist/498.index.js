"use strict";
exports.id = 498;
exports.ids = [498];
exports.modules = {

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