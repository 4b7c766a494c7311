// What @actions/github knows of the run, without its API client, which would double the download;
// the package names no way to the one file, so it is taken by its path. docs/performance.md has the
// figures.
export { Context } from '../../node_modules/@actions/github/lib/context.js';
