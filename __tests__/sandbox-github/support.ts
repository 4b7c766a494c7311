import { afterEach } from '@jest/globals';
import {
  type GitHubOptions,
  type GitHubSandbox,
  startGitHub,
} from '../../sandbox/github/server.ts';

const running: GitHubSandbox[] = [];

/** A GitHub that ends with the test. */
export async function github(options?: GitHubOptions): Promise<GitHubSandbox> {
  const sandbox = await startGitHub(options);
  running.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
});

/** A bare client: the answer as it came. Paths without a leading slash are the repository's. */
export function client(sandbox: GitHubSandbox, token: string | undefined = sandbox.token) {
  return async (method: string, path: string, body?: unknown) => {
    const base = path.startsWith('/') ? '' : `/repos/${sandbox.owner}/${sandbox.repo}/`;
    const response = await fetch(`${sandbox.url}${base}${path}`.replace(/\/$/, ''), {
      method,
      redirect: 'manual',
      headers: { ...(token && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text ? JSON.parse(text) : undefined,
    };
  };
}
