import { setFlagsFromString } from 'node:v8';
import { run } from './main.ts';
import { actionsRunner } from './report/runner.ts';

// undici's HTTP parser is WebAssembly. After two answers V8 takes it for hot and optimizes it in the
// background, which the process then waits for at its end: half of the time that a run takes.
setFlagsFromString('--wasm-tiering-budget=100000000');

// No `await` here: dist is CommonJS, which Node starts faster.
run(process.env, actionsRunner(process.env)).then((succeeded) => {
  process.exitCode = succeeded ? 0 : 1;
});
