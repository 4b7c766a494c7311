import { run } from './main.ts';
import { actionsRunner } from './report/runner.ts';

process.exitCode = (await run(process.env, actionsRunner(process.env))) ? 0 : 1;
