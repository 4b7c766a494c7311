"use strict";
exports.id = 363;
exports.ids = [363];
exports.modules = {

/***/ 1363:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readOnboardingInputs: () => (/* binding */ readOnboardingInputs)
/* harmony export */ });
/* harmony import */ var _request_check_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1094);

/** Reads what onboarding needs, and checks the part of the request that an issue can't change. */
async function readOnboardingInputs(read, fields) {
    const groups = await readGroups(read);
    if (fields.connectionId) {
        read.wrong('connection-id', "can't be combined with operation: onboard.", 'To say which connection an issue has, use operation: link with connection-id and issue-number.');
    }
    if (groups && fields.groupId) {
        read.wrong('groups', "can't be combined with group-id.", 'Leave one of them out.');
    }
    if (!groups && !/^[\w-]+$/.test(fields.groupId)) {
        read.wrong('group-id', fields.groupId ? "isn't a group's id." : 'is missing.', "Copy the id from the destination's page in Fivetran, or give groups.");
    }
    if (!read.text('github-token')) {
        read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
    }
    (0,_request_check_js__WEBPACK_IMPORTED_MODULE_0__/* .checkCard */ .hQ)(fields, (problem) => read.problems.push(problem));
    const allowedServices = read.list('allowed-services');
    return {
        fields,
        rules: {
            groups,
            allowedServices: allowedServices.length > 0 ? allowedServices : ['*'],
            schemaPattern: readPattern(read),
        },
        label: read.text('label') || 'connect-card',
        approvers: read.list('approvers').map((login) => login.replace(/^@/, '')),
    };
}
function readPattern(read) {
    const pattern = read.text('schema-pattern') || '^[a-z][a-z0-9_]{0,62}$';
    try {
        new RegExp(pattern);
    }
    catch {
        read.wrong('schema-pattern', "isn't a regular expression.", 'Write it in the syntax of JavaScript, without slashes around it.');
    }
    return pattern;
}
async function readGroups(read) {
    if (!read.text('groups'))
        return undefined;
    const groups = new Map();
    for (const [name, id] of Object.entries(await read.mapping('groups'))) {
        const key = name.trim().toLowerCase();
        if (typeof id !== 'string' || !/^[\w-]+$/.test(id)) {
            read.wrong(`groups.${name}`, "isn't a group's id.", 'Write it as a text: the id itself.');
        }
        else if (groups.has(key)) {
            read.wrong(`groups.${name}`, 'stands twice.', 'Give each name once, whatever its case.');
        }
        groups.set(key, String(id));
    }
    return groups;
}


/***/ })

};
;