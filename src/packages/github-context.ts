// See left-out.ts for why this is taken by its path.
export { Context } from '../../node_modules/@actions/github/lib/context.js';
