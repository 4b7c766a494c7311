// What needs GitHub, loaded together and only then: the operations on issues share most of it.
export { readFollowUpInputs } from './follow-up/inputs.ts';
export { startFollowUp } from './follow-up/start.ts';
export { readOnboardingInputs } from './onboard/inputs.ts';
export { commentOnIssue, startOnboarding } from './onboard/start.ts';
