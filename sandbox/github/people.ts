import type { Association, BaseRole, Role } from './types.ts';

/** Who acts when a workflow uses its own token. */
export const WORKFLOW = 'github-actions[bot]';

/** Somebody for every role, and two who have none. */
export const CAST: Record<string, Role> = {
  ada: 'admin',
  max: 'maintain',
  will: 'write',
  tess: 'triage',
  rhea: 'read',
  nina: 'none',
  mallory: 'none',
  [WORKFLOW]: 'none',
  'dependabot[bot]': 'none',
};

const LADDER: BaseRole[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/** What GitHub's older answers call a role: maintain is write, triage is read. */
const LEGACY: Record<BaseRole, string> = {
  none: 'none',
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
};

interface Person {
  login: string;
  role: Role;
  association: Association;
}

/** All accounts. GitHub compares logins without case. */
export class People {
  #byLogin = new Map<string, Person>();

  constructor(people: Record<string, Role>) {
    for (const [login, role] of Object.entries(people)) {
      this.#byLogin.set(login.toLowerCase(), { login, role, association: closeness(login, role) });
    }
  }

  /** The account's id, which stays the same while the sandbox runs. */
  idOf(login: string): number {
    return 1001 + [...this.#byLogin.keys()].indexOf(login.toLowerCase());
  }

  find(login: string): Person | undefined {
    return this.#byLogin.get(login.toLowerCase());
  }

  /** Throws for a login that doesn't exist: on GitHub as well, only accounts can act. */
  get(login: string): Person {
    const person = this.find(login);
    if (!person) {
      throw new Error(`Nobody here is called ${login}: name them in startGitHub({ people }).`);
    }
    return person;
  }

  all(): Person[] {
    return [...this.#byLogin.values()];
  }

  setRole(login: string, role: Role, association = closeness(login, role)): void {
    Object.assign(this.get(login), { role, association });
  }

  /** Whether somebody's role is at least that one. */
  can(login: string | undefined, role: BaseRole): boolean {
    const person = login === undefined ? undefined : this.find(login);
    return LADDER.indexOf(baseOf(person?.role ?? 'none')) >= LADDER.indexOf(role);
  }
}

/** An app, not a person: its rights are its token's permissions. */
export function isBot(login: string): boolean {
  return login.endsWith('[bot]');
}

/** An app's name without the suffix that marks its account: `dependabot` of `dependabot[bot]`. */
export function slugOf(login: string): string {
  return login.replace('[bot]', '');
}

/**
 * What the permission endpoint says of a role: the legacy name, the role's own name (also a
 * custom role's), and what its base may do.
 * https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export function describeRole(role: Role) {
  const base = baseOf(role);
  return {
    permission: LEGACY[base],
    role_name: typeof role === 'string' ? role : role.name,
    permissions: rightsOf(role),
  };
}

export function rightsOf(role: Role) {
  const level = LADDER.indexOf(baseOf(role));
  return {
    admin: level >= 5,
    maintain: level >= 4,
    push: level >= 3,
    triage: level >= 2,
    pull: level >= 1,
  };
}

function baseOf(role: Role): BaseRole {
  return typeof role === 'string' ? role : role.base;
}

function closeness(login: string, role: Role): Association {
  return isBot(login) || role === 'none' ? 'NONE' : 'MEMBER';
}
