import { setFlagsFromString } from 'node:v8';
import { run } from './main.ts';
import { asLinkError } from './model/errors.ts';
import { reportError } from './operations/report-result.ts';
import { Cancellation } from './runner/cancellation.ts';
import { actionsRunner } from './runner/runner.ts';

// undici's HTTP parser is WebAssembly. After two answers V8 takes it for hot and optimizes it in the
// background, which the process then waits for at its end: half of the time that a run takes.
setFlagsFromString('--wasm-tiering-budget=100000000');

const { env } = process;
const runner = actionsRunner(env);
const cancellation = Cancellation.fromSignals(process);
// No `await` here: dist is CommonJS, which Node starts faster.
void run(env, runner, cancellation)
  .catch((thrown: unknown) => {
    // The report itself failed. Node would print the stack, past the gate.
    reportError(asLinkError(thrown), runner);
    return false;
  })
  .then((succeeded) => {
    process.exitCode = succeeded ? 0 : 1;
    // All is told; what is still under way would only change it, or be killed by the runner.
    if (cancellation.requested) process.exit();
  });
