import type { Environment } from '../model/environment.ts';
import {
  issueCommand,
  issueFileCommand,
  prepareKeyValueMessage,
} from '../packages/actions-core.ts';

/** Outputs by their names. */
export type Outputs = Record<string, string | boolean | null | undefined>;

/** What a run can tell: to people in the log and the summary, to later steps in the outputs. */
export interface Runner {
  /** Registers a text that must never be shown again. */
  mask(secret: string): void;
  info(line: string): void;
  debug(line: string): void;
  notice(message: string): void;
  warning(message: string): void;
  error(message: string, title: string): void;
  /** Lines that a person opens when they want them. */
  group(title: string, lines: string[]): void;
  /** Sets outputs; what isn't known isn't set. */
  outputs(values: Outputs): void;
  /** Adds Markdown to the job's summary. */
  summary(markdown: string): void;
}

const TITLE = 'Connect Card Link';

/** The GitHub Actions runner: workflow commands on standard output, and the files it names. */
export function actionsRunner(env: Environment): Runner {
  const annotate = (level: string, message: string, title: string) =>
    issueCommand(level, { title }, message);
  return {
    mask: (secret) => issueCommand('add-mask', {}, secret),
    info: (line) => console.log(escapeCommands(line)),
    debug: (line) => {
      if (env.RUNNER_DEBUG === '1') issueCommand('debug', {}, line);
    },
    notice: (message) => annotate('notice', message, TITLE),
    warning: (message) => annotate('warning', message, TITLE),
    error: (message, title) => annotate('error', message, title),
    group: (title, lines) => {
      issueCommand('group', {}, title);
      for (const line of lines) console.log(escapeCommands(line));
      issueCommand('endgroup', {}, '');
    },
    outputs: (values) => {
      const known = Object.entries(values).filter(([, value]) => value != null);
      const lines = known.map(([name, value]) => prepareKeyValueMessage(name, String(value)));
      if (env.GITHUB_OUTPUT) issueFileCommand('OUTPUT', lines.join('\n'));
    },
    summary: (markdown) => {
      if (env.GITHUB_STEP_SUMMARY) issueFileCommand('STEP_SUMMARY', markdown);
    },
  };
}

/** A log line that can't be taken for a workflow command, whoever wrote what is in it. */
function escapeCommands(line: string): string {
  return line.replace(/[\r\n]+/g, ' ').replace(/^(\s*)(::|##\[)/, '$1\u200b$2');
}
