// @actions/core's index also loads an HTTP client for OIDC, half of its start-up time, and its
// package names no other way in. So its two files that talk to the runner are taken by their path.
// docs/performance.md has the figures.
export { issueCommand } from '../../node_modules/@actions/core/lib/command.js';
export {
  issueFileCommand,
  prepareKeyValueMessage,
} from '../../node_modules/@actions/core/lib/file-command.js';
