import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * Reads the command line of a program for developers. For `--help`, and for what it doesn't know, the
 * program prints its help and ends.
 */
export function readCommandLine<T extends ParseArgsConfig>(
  config: T,
  help: string,
): ReturnType<typeof parseArgs<T>> {
  if (process.argv.includes('--help')) {
    console.log(help);
    process.exit();
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}
