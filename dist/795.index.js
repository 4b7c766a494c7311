"use strict";
exports.id = 795;
exports.ids = [795];
exports.modules = {

/***/ 7795:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readFollowUpInputs: () => (/* binding */ readFollowUpInputs)
/* harmony export */ });
/* harmony import */ var _check_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5308);

/** Reads and checks what follow-up needs; problems go to the reader. */
function readFollowUpInputs(read, card) {
    (0,_check_request_js__WEBPACK_IMPORTED_MODULE_0__/* .checkCard */ .hQ)({ redirectUri: card.redirectUri, settings: {} }, (problem) => read.problems.push(problem));
    if (!read.text('github-token')) {
        read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
    }
    return {
        label: read.text('label') || 'connect-card',
        renewLinks: read.flag('renew-links', false),
        connectedLabel: read.text('connected-label'),
        closeConnected: read.flag('close-connected', false),
        card,
    };
}


/***/ })

};
;