import { Gate } from '../src/runner/gate.ts';
import type { Runner } from '../src/runner/runner.ts';

/**
 * A terminal in the runner's place: messages on standard error, the link on standard output.
 * @param printLink prints it
 */
export function terminalRunner(printLink: (link: string) => void): Runner {
  const gate = new Gate();
  const print = (line: string) => console.error(gate.redact(line));
  return {
    gate,
    mask: () => {},
    info: print,
    debug: () => {},
    notice: print,
    warning: (message) => print(`Warning: ${message}`),
    error: (message) => print(`Error: ${message}`),
    group: (title, lines) => {
      for (const line of [title, ...lines]) print(line);
    },
    outputs: ({ link }) => {
      if (link) printLink(gate.redactValue(String(link)));
    },
    summary: () => {},
  };
}
