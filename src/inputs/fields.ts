import type { ErrorCode, Problem } from '../model/errors.ts';

/** How many connections one issue may ask for. */
export const MOST_SERVICES = 20;

/** Which connection a request is for, as it was written; empty texts for what wasn't. */
export interface TargetFields {
  groupId: string;
  service: string;
  /** May have `{service}` in it. */
  schema: string;
  table: string;
  connectionId: string;
}

/** One request as it was written, wherever that was; empty texts for what wasn't. */
export interface Fields extends TargetFields {
  redirectUri: string;
  config: Record<string, unknown>;
  settings: Record<string, unknown>;
  hideSetupGuide: boolean;
  allFields: boolean;
  /** Whether a near miss of a known connector type is tried. */
  allowUnknownService: boolean;
}

/** Where problems and warnings about a request go. */
export interface Reporter {
  problem(problem: Problem): void;
  warning(message: string): void;
}

/** Reports a problem with an input. */
export type Report = (input: string, message: string, fix: string, code?: ErrorCode) => void;
