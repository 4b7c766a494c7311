import { type ActFiles, prepareAct } from './act.ts';
import { startSandbox } from './fivetran/server.ts';
import { type PageEvent, startGitHub } from './github/server.ts';
import { HELP, readOptions } from './options.ts';

/** One request to either stand-in. */
interface Logged {
  at: number;
  method: string;
  path: string;
  query: Record<string, string>;
  status: number;
  /** What Fivetran answered. */
  response?: unknown;
}

function log({ at, method, path, query, status, response }: Logged): void {
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  const { code = '' } = (response ?? {}) as { code?: string };
  const outcome = status === 0 ? 'no answer' : `${status} ${code}`.trim();
  console.log(`${new Date(at).toISOString().slice(11, 19)} ${method} ${path}${search} ${outcome}`);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  const endings: Array<() => Promise<void>> = [];
  let stopped: Promise<unknown> | undefined;
  const stop = async () => {
    stopped ??= Promise.all(endings.map((end) => end()));
    await stopped;
  };
  const listenForSignals = () => {
    // Under npm, Ctrl-C may come twice: the second one doesn't end the process before its files are gone.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  };
  try {
    const fivetran = await startSandbox({ ...options.fivetran, log });
    endings.push(fivetran.close);
    // Before anything says that it can be stopped; with GitHub, there are files to remove first.
    if (!options.github) listenForSignals();
    console.log(`Fivetran sandbox at ${fivetran.url} (stop with Ctrl-C)
  API key     ${fivetran.apiKey}
  API secret  ${fivetran.apiSecret}
  Groups      ${fivetran.options.groups.map(({ id, name }) => `${id} (${name})`).join(', ')}
`);
    if (options.github) {
      let files: ActFiles | undefined;
      const onEvent = async (event: PageEvent) => {
        const command = (await files?.writeEvent(event)) ?? '';
        const { action, issue, sender } = event.payload;
        console.log(
          `Issue ${issue.number}: ${event.name} ${action} by ${sender.login}\n  ${command}`,
        );
        return command;
      };
      const github = await startGitHub({ ...options.github, log, onEvent });
      endings.push(github.close);
      files = await prepareAct(fivetran, github, options.folder);
      endings.push(files.remove);
      listenForSignals();
      console.log(`GitHub sandbox at ${github.url} (stop with Ctrl-C)\n\n${files.instructions}`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

main().catch((error) => {
  console.error(`${error.message}\nSee --help.`);
  process.exitCode = 2;
});
