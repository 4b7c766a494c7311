import type { ConnectorTypes } from '../../fivetran/connector-types.ts';
import type { Trigger } from '../../github/event.ts';
import type { OpenRepository } from '../../github/open.ts';
import type { Entries } from '../../github/thread.ts';
import { checkRequest } from '../../inputs/check-request.ts';
import type { OnboardingInputs } from '../../inputs/onboarding-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import { InputError, type Problem } from '../../model/errors.ts';
import type { ApprovedRequest } from '../../model/issue-record.ts';
import type { LinkResult } from '../../model/link.ts';
import type { CommentRules } from '../issue-comment.ts';
import type { RunContext } from '../run-context.ts';
import type { NamedRequest, Planning, Task } from './plan.ts';

/** One event on an onboarding issue, and what it takes to act on it. */
export interface Onboarding {
  trigger: Trigger;
  inputs: Inputs;
  task: OnboardingInputs;
  context: RunContext;
  place: OpenRepository;
  types: ConnectorTypes;
}

/** What became of it. */
export interface Onboarded {
  results: LinkResult[];
  commentUrl?: string | undefined;
  /** Whether the comment has the links. */
  hasLinks?: boolean;
}

/** What is to be done for an issue, and what goes on record before it is. */
export interface Planned extends Entries {
  tasks: Task[];
  planning: Planning;
}

/** The request that a record tells of, with the workflow's own config, settings and card. */
export function requestFor({ task }: Onboarding, approved: ApprovedRequest): NamedRequest {
  const { group, service, schema, table } = approved;
  const problems: Problem[] = [];
  const request = checkRequest(
    {
      ...task.fields,
      ...{ connectionId: '', groupId: group, service, schema, table: table ?? '' },
      allowUnknownService: true,
    },
    { problem: (problem) => problems.push(problem), warning: () => {} },
  );
  if (request?.kind !== 'named') throw new InputError(problems);
  return request;
}

/** What the comment depends on. */
export function rulesOf({ inputs, task, place }: Onboarding): CommentRules {
  const { allowPublicComment } = inputs.github;
  return { allowPublicComment, label: task.label, runUrl: place.runUrl };
}
