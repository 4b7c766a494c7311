import { run } from './main.ts';
import { asLinkError } from './model/errors.ts';
import { reportError } from './operations/report-result.ts';
import { Cancellation } from './runner/cancellation.ts';
import { actionsRunner } from './runner/runner.ts';
import { leaveWasmUnoptimized } from './runner/v8.ts';

leaveWasmUnoptimized();
const { env } = process;
const runner = actionsRunner(env);
const cancellation = Cancellation.fromSignals(process);
// No `await` here: dist is CommonJS, which Node starts faster.
void run(env, runner, cancellation)
  .catch((thrown: unknown) => {
    // The report itself failed. Node would print the stack, past the gate.
    reportError(asLinkError(thrown), { env, runner });
    return false;
  })
  .then((succeeded) => {
    process.exitCode = succeeded ? 0 : 1;
    // Everything is reported; what is still in progress would be killed by the runner.
    if (cancellation.requested) process.exit();
  });
