"use strict";
exports.id = 266;
exports.ids = [266];
exports.modules = {

/***/ 4266:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  proxyAgent: () => (/* binding */ proxyAgent)
});

// EXTERNAL MODULE: ./node_modules/undici/lib/api/api-connect.js
var api_connect = __webpack_require__(2279);
var api_connect_default = /*#__PURE__*/__webpack_require__.n(api_connect);
// EXTERNAL MODULE: ./node_modules/undici/lib/dispatcher/env-http-proxy-agent.js
var env_http_proxy_agent = __webpack_require__(3137);
var env_http_proxy_agent_default = /*#__PURE__*/__webpack_require__.n(env_http_proxy_agent);
// EXTERNAL MODULE: ./node_modules/undici/lib/dispatcher/pool.js
var dispatcher_pool = __webpack_require__(628);
var pool_default = /*#__PURE__*/__webpack_require__.n(dispatcher_pool);
;// CONCATENATED MODULE: ./lib/packages/undici-proxy.js
// Apart from undici.ts, so that only a run behind a proxy loads it. See left-out.ts.




;// CONCATENATED MODULE: ./lib/http/proxy.js

/** A dispatcher that sends requests through the proxies, except to the hosts that `noProxy` names. */
function proxyAgent(options, proxies) {
    // undici's proxy agent opens a tunnel with `connect`, a method that only undici's index adds.
    const pool = (origin, poolOptions) => Object.assign(new (pool_default())(origin, { ...poolOptions, useMilo: false }), { connect: (api_connect_default()) });
    const { httpProxy, httpsProxy, noProxy } = proxies;
    return new (env_http_proxy_agent_default())({
        ...options,
        factory: pool,
        clientFactory: pool,
        ...(httpProxy && { httpProxy }),
        ...(httpsProxy && { httpsProxy }),
        ...(noProxy && { noProxy }),
    });
}


/***/ })

};
;