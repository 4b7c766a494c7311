import type { Environment } from '../model/environment.ts';
import type { ListPosition } from '../model/position.ts';
import {
  issueCommand,
  issueFileCommand,
  prepareKeyValueMessage,
} from '../packages/actions-core.ts';
import { Gate } from './gate.ts';

/** Outputs by their names. */
export type Outputs = Record<string, string | boolean | null | undefined>;

/**
 * What a run tells: people in the log and the summary, later steps in the outputs. Everything passes
 * the gate on its way; `mask` alone doesn't, which tells the runner what to hide.
 */
export interface Runner {
  /** Knows the secrets; tell it of one before anything could print it. Comments pass it as well. */
  readonly gate: Gate;
  /** Registers a text that must never be shown again in this job's log. */
  mask(secret: string): void;
  info(line: string): void;
  debug(line: string): void;
  notice(message: string): void;
  /** @param position where GitHub shows the annotation beside the text, if that is in a file */
  warning(message: string, position?: ListPosition): void;
  /** @param position as for `warning` */
  error(message: string, title: string, position?: ListPosition): void;
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
  const gate = new Gate();
  const redact = (text: string) => gate.redact(text);
  const data = (text: string) => escapeCommands(redact(text));
  const line = (text: string) => data(text.replace(/[\r\n]+/g, ' '));
  // docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
  const annotate = (level: string, message: string, title: string, position?: ListPosition) => {
    const { file, line: row, column: col } = position ?? {};
    const place = file === undefined ? {} : { file: line(file), line: row, col };
    issueCommand(level, { title: line(title), ...place }, data(message));
  };
  return {
    gate,
    mask: (secret) => issueCommand('add-mask', {}, secret),
    info: (text) => console.log(line(text)),
    debug: (text) => {
      if (env.RUNNER_DEBUG === '1') issueCommand('debug', {}, data(text));
    },
    notice: (message) => annotate('notice', message, TITLE),
    warning: (message, position) => annotate('warning', message, TITLE, position),
    error: (message, title, position) => annotate('error', message, title, position),
    group: (title, lines) => {
      issueCommand('group', {}, line(title));
      for (const text of lines) console.log(line(text));
      issueCommand('endgroup', {}, '');
    },
    outputs: (values) => {
      const known = Object.entries(values).filter(([, value]) => value != null);
      const lines = known.map(([name, value]) =>
        prepareKeyValueMessage(name, gate.redactValue(String(value))),
      );
      if (env.GITHUB_OUTPUT) issueFileCommand('OUTPUT', lines.join('\n'));
    },
    summary: (markdown) => {
      if (env.GITHUB_STEP_SUMMARY) issueFileCommand('STEP_SUMMARY', redact(markdown));
    },
  };
}

/**
 * A text of which no part can be taken for a workflow command, whoever wrote it. The runner obeys
 * `::name::` at a line's start, after blanks as .NET's TrimStart counts them, and `##[name]` anywhere:
 * github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function escapeCommands(text: string): string {
  return text.replaceAll('##[', '##\u200b[').replace(/^([\s\u0085]*)::/gm, '$1\u200b::');
}
