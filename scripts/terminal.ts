import type { Runner } from '../src/runner/runner.ts';

/** A terminal in the runner's place: the story on standard error, the link on standard output. */
export function terminalRunner(): Runner {
  const tell = (line: string) => console.error(line);
  return {
    mask: () => {},
    info: tell,
    debug: () => {},
    notice: tell,
    warning: (message) => tell(`Warning: ${message}`),
    error: (message) => tell(`Error: ${message}`),
    group: (title, lines) => {
      for (const line of [title, ...lines]) tell(line);
    },
    outputs: ({ link }) => {
      if (link) console.log(link);
    },
    summary: () => {},
  };
}
