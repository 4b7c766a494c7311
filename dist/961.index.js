"use strict";
exports.id = 961;
exports.ids = [961];
exports.modules = {

/***/ 6961:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ MOST_SERVICES),
/* harmony export */   readOnboardingInputs: () => (/* binding */ readOnboardingInputs)
/* harmony export */ });
/* harmony import */ var _fivetran_services_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7892);
/* harmony import */ var _check_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5308);
/* harmony import */ var _check_service_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9386);



/** How many connections one issue may ask for. */
const MOST_SERVICES = 20;
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
        read.wrong('group-id', fields.groupId ? "isn't a group's id." : 'is missing.', "Copy the id from the destination's page in Fivetran, or use groups.");
    }
    if (!read.text('github-token')) {
        read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
    }
    (0,_check_request_js__WEBPACK_IMPORTED_MODULE_1__/* .checkCard */ .hQ)(fields, (problem) => read.problems.push(problem));
    const allowedServices = read.list('allowed-services');
    return {
        fields: { ...fields, service: '' },
        services: readServices(read, fields.allowUnknownService),
        rules: {
            groups,
            allowedServices: allowedServices.length > 0 ? allowedServices : ['*'],
            schemaPattern: readPattern(read),
        },
        label: read.text('label') || 'connect-card',
        approvers: read.list('approvers').map((login) => login.replace(/^@/, '')),
    };
}
/** The connector types that the workflow fixes, each once. Warnings come with each issue. */
function readServices(read, allowUnknown) {
    const services = read
        .list('service')
        .filter((one, index, all) => all.findIndex((other) => (0,_fivetran_services_js__WEBPACK_IMPORTED_MODULE_0__/* .sameService */ .cm)(one, other)) === index);
    for (const service of services) {
        (0,_check_service_js__WEBPACK_IMPORTED_MODULE_2__/* .checkService */ ._)(service, allowUnknown, (input, message, fix, code) => read.wrong(input, `${service} ${message}`, fix, code), () => { });
    }
    if (services.length > MOST_SERVICES) {
        read.wrong('service', `names ${services.length} connector types; one issue can have ${MOST_SERVICES}.`, 'Name fewer.');
    }
    return services;
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
            read.wrong(`groups.${name}`, "isn't a group's id.", 'Write the id itself, as a string.');
        }
        else if (groups.has(key)) {
            read.wrong(`groups.${name}`, 'exists twice.', 'Write each name once: upper and lower case are the same.');
        }
        groups.set(key, String(id));
    }
    return groups;
}


/***/ })

};
;