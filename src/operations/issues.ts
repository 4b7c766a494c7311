// What needs GitHub, loaded together and only then: the operations on issues share most of it.
export { startFollowUp } from './follow-up/start.ts';
export { createOnIssue } from './hand-over.ts';
export { startOnboarding } from './onboard/start.ts';
