import { run } from './main.ts';
import { Cancellation } from './runner/cancellation.ts';
import { actionsRunner } from './runner/runner.ts';
import { leaveWasmUnoptimized } from './runner/v8.ts';

leaveWasmUnoptimized();
const { env } = process;
const cancellation = Cancellation.fromSignals(process);
// No `await` here: dist is CommonJS, which Node starts faster.
void run(env, actionsRunner(env), cancellation).then((succeeded) => {
  process.exitCode = succeeded ? 0 : 1;
  // All is told; what is still under way would only change it, or be killed by the runner.
  if (cancellation.requested) process.exit();
});
