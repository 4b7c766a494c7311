import type { People } from './people.ts';
import type { HourlyLimit } from './rate-limits.ts';
import type { Store } from './store.ts';
import type { GitHubSettings, Visibility } from './types.ts';

/** The repository, everybody in it, and how the sandbox behaves. */
export interface World {
  url: string;
  owner: string;
  repo: string;
  repositoryId: number;
  visibility: Visibility;
  permissions: { issues: 'none' | 'read' | 'write' };
  people: People;
  store: Store;
  settings: GitHubSettings;
  /** What tokens have spent of REST's requests and of GraphQL's points. */
  requests: HourlyLimit;
  points: HourlyLimit;
}

/** The repository that a moved issue went to. */
export const ELSEWHERE = { id: 999, name: 'elsewhere' };

/** Whether a request is for a page in a browser, and not for the API. */
export function isPage({ owner, repo }: World, path: string): boolean {
  return path === '/' || path.startsWith(`/${owner}/${repo}/`);
}

/** Whether whoever asks may know that the repository exists. */
export function sees({ visibility, people }: World, by: string | undefined): boolean {
  return visibility === 'public' || Boolean(by?.endsWith('[bot]')) || people.can(by, 'read');
}
