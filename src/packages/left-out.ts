// Why this folder exists: a run of this action is mostly the start of Node and the evaluation of
// modules, and every runner downloads all of dist. So the packages are imported by the files that
// are needed, not by their indexes, and everything that reaches into a package lies here.
//
// - actions-core.ts: the index of @actions/core also loads an HTTP client for OIDC, half of its
//   start-up time. Its two files that talk to the runner are enough; the package's `exports` don't
//   name them, hence the paths into node_modules.
// - github-context.ts: @actions/github's knowledge of the run, without its API client, which would
//   double the download. The package's `exports` don't name that file either.
// - undici.ts, undici-proxy.ts: undici's index also loads WebSockets, caches, mocks and `fetch`: half
//   of the start-up time and of the download. The package has no `exports`, so its files can be
//   imported by name; undici-parts.d.ts has their types.
//
// docs/performance.md has the figures. Dependabot's updates of these packages fail the build where a
// path no longer exists.

/** Files of undici, as they import each other, that the build leaves out because nothing calls them. */
export const LEFT_OUT: readonly string[] = [
  // `fetch` and its bodies: those sent here are text.
  '../web/fetch/body.js',
  '../web/fetch/formdata',
  '../web/webidl',
];

/** The same for files that undici imports as soon as it is loaded: the build puts `{}` in their place. */
export const EMPTIED: readonly string[] = [
  // HTTP/2, with Node's own: src/http/dispatcher.ts and proxy.ts never offer it.
  './client-h2.js',
  // An experimental HTTP parser: src/http/dispatcher.ts switches it off.
  './parser-h1.js',
];

/**
 * undici's HTTP parser for processors without SIMD, as undici imports it: a file of its own in `dist`,
 * so that no other run reads its 72 kB.
 */
export const LOADED_LATER = '../llhttp/llhttp-wasm.js';
