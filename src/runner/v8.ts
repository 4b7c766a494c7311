import { setFlagsFromString } from 'node:v8';

// How V8 is told to spend its time; docs/performance.md has what a run takes with and without.

/**
 * undici's HTTP parser is WebAssembly. After two responses V8 takes it for hot and optimizes it in
 * the background, which the process then waits for at its end: half of the time that a run takes.
 */
export function leaveWasmUnoptimized(): void {
  setFlagsFromString('--wasm-tiering-budget=100000000');
}

/**
 * Thousands of requests leave much behind that is soon forgotten. V8 would rather have more room for
 * that than clear it away.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
