import { Cancellation } from './cancellation.ts';
import { run } from './main.ts';
import { actionsRunner } from './report/runner.ts';

const { env } = process;
const fine = await run(env, actionsRunner(env), Cancellation.fromSignals(process));
process.exitCode = fine ? 0 : 1;
