import { setFlagsFromString } from 'node:v8';
import { run } from './main.ts';
import { Cancellation } from './runner/cancellation.ts';
import { actionsRunner } from './runner/runner.ts';

// undici's HTTP parser is WebAssembly. After two responses V8 takes it for hot and optimizes it in the
// background, which the process then waits for at its end: half of the time that a run takes.
setFlagsFromString('--wasm-tiering-budget=100000000');

const { env } = process;
const cancellation = Cancellation.fromSignals(process);
// No `await` here: dist is CommonJS, which Node starts faster.
void run(env, actionsRunner(env), cancellation).then((succeeded) => {
  process.exitCode = succeeded ? 0 : 1;
  // Everything is reported; what is still in progress would be killed by the runner.
  if (cancellation.requested) process.exit();
});
