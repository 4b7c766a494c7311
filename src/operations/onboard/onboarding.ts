import type { ConnectorTypes } from '../../fivetran/connector-types.ts';
import type { Trigger } from '../../github/event.ts';
import type { OpenRepository } from '../../github/open.ts';
import type { Entries } from '../../github/thread.ts';
import type { OnboardingInputs } from '../../inputs/onboarding-inputs.ts';
import type { Inputs } from '../../inputs/read-inputs.ts';
import type { ApprovedRequest } from '../../model/issue-record.ts';
import type { LinkResult, NamedRequest } from '../../model/link.ts';
import type { ReportDetails } from '../report-result.ts';
import type { RunContext } from '../run-context.ts';
import type { Planning, Task } from './plan.ts';
import type { Reactions } from './reactions.ts';

/** One event on an onboarding issue, and what it takes to act on it. */
export interface Onboarding {
  trigger: Trigger;
  inputs: Inputs;
  task: OnboardingInputs;
  context: RunContext;
  github: OpenRepository;
  types: ConnectorTypes;
  reactions: Reactions;
}

/** What became of it. */
export interface Onboarded extends Pick<ReportDetails, 'commentUrl' | 'hasLinks' | 'message'> {
  results: LinkResult[];
}

/** What is to be done for an issue, and what goes on record before it is. */
export interface Planned extends Entries {
  tasks: Task[];
  planning: Planning;
}

/** The request that a record tells of, with the workflow's own config, settings and card. */
export function requestFor({ task }: Onboarding, approved: ApprovedRequest): NamedRequest {
  const { group: groupId, service, schema, table } = approved;
  const { config, settings, redirectUri, hideSetupGuide, allFields } = task.fields;
  // Not checked again: a connection may have a name that no request could ask for.
  const target = { groupId, service, schema, ...(table !== undefined && { table }) };
  const card = { redirectUri, hideSetupGuide, allFields };
  return { kind: 'named', target, connection: { ...target, config, settings, card } };
}
