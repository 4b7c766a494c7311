import type { Environment } from '../model/environment.ts';
import type { ErrorCode } from '../model/errors.ts';
import { code } from './markdown.ts';

/** The address of the documentation of an error code; undefined where it isn't known. */
export type Help = (code: ErrorCode) => string | undefined;

/**
 * The documentation of the version that runs. A local action (`uses: ./`) has no repository to link to:
 * docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function helpOf({
  GITHUB_ACTION_REPOSITORY: repository = '',
  GITHUB_ACTION_REF: ref,
  GITHUB_SERVER_URL: server = 'https://github.com',
}: Environment): Help {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !ref) return () => undefined;
  const version = ref.split('/').map(encodeURIComponent).join('/');
  const page = `${server}/${repository}/blob/${version}/docs/errors.md`;
  return (id) => `${page}#${id}`;
}

/** A code that leads to its documentation, in Markdown. */
export function codeLink(id: ErrorCode, help: Help): string {
  const url = help(id);
  return url === undefined ? code(id) : `[${code(id)}](<${url}>)`;
}

/** What stands in parentheses at the end of a failure's sentence: its code, and the address of its documentation. */
export function codeAndAddress(id: ErrorCode, help: Help): string {
  const url = help(id);
  return url === undefined ? `(${id})` : `(${id}: ${url})`;
}
