import type { People } from './people.ts';
import type { Visibility } from './types.ts';

/** What the emulator doesn't know of the repository, and the front does. */
export interface World {
  url: string;
  owner: string;
  repo: string;
  repositoryId: number;
  visibility: Visibility;
  permissions: { issues: 'none' | 'read' | 'write' };
  people: People;
  /** Numbers of the issues that are pull requests. */
  pullRequests: Set<number>;
  /** Issues that aren't here any more, by number. */
  gone: Map<number, 'deleted' | 'moved' | 'moved-away'>;
}

/** The repository that a moved issue went to. */
export const ELSEWHERE = { id: 999, name: 'elsewhere' };
