"use strict";
exports.id = 985;
exports.ids = [985];
exports.modules = {

/***/ 5985:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   chooseExisting: () => (/* binding */ chooseExisting)
/* harmony export */ });
/* harmony import */ var _fivetran_duplicates_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9296);
/* harmony import */ var _fivetran_services_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7892);
/* harmony import */ var _model_connection_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8872);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3183);




/**
 * Chooses the connection to go on with among those that have the wanted name.
 * @param existing at least one
 * @returns undefined where none is meant and the name is still free for another, which only the
 *   source's own naming allows
 * @throws LinkError `name-taken`, or `duplicate-connection` where several may be meant
 */
function chooseExisting(wanted, existing, onExisting) {
    const [connection, ...more] = existing.filter(({ service }) => (0,_fivetran_services_js__WEBPACK_IMPORTED_MODULE_1__/* .sameService */ .cm)(service, wanted.service));
    if (onExisting === 'reuse' && connection) {
        if (more.length > 0)
            throw (0,_fivetran_duplicates_js__WEBPACK_IMPORTED_MODULE_0__/* .duplicates */ .X)(wanted, [connection, ...more]);
        return connection;
    }
    if (onExisting !== 'fail' && (0,_fivetran_duplicates_js__WEBPACK_IMPORTED_MODULE_0__/* .mayShareName */ .o)(wanted))
        return undefined;
    throw nameTaken(wanted, existing, onExisting);
}
function nameTaken(wanted, existing, onExisting) {
    const name = (0,_model_connection_js__WEBPACK_IMPORTED_MODULE_3__/* .connectionName */ .u)(wanted);
    const which = existing.map(({ id, service }) => `${id} (${service})`).join(', ');
    const fixes = {
        reuse: "Choose another schema, or the existing connection's service.",
        fail: 'Choose another schema, or set on-existing: reuse to get a link for the existing connection.',
        ignore: 'Choose another schema, or set on-existing: reuse: Fivetran refused a second connection of this name.',
    };
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .LinkError */ .R6('name-taken', (0,_fivetran_duplicates_js__WEBPACK_IMPORTED_MODULE_0__/* .mayShareName */ .o)(wanted)
        ? `A connection named ${name} exists in group ${wanted.groupId}: ${which}.`
        : `The name ${name} is in use in group ${wanted.groupId}: ${which}.`, fixes[onExisting]);
}


/***/ })

};
;