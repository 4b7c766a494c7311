/** Keeps what is printed on standard output meanwhile, by `console` or by a package, instead of printing it. */
export async function printed<T>(work: () => T | Promise<T>): Promise<{ text: string; result: T }> {
  let text = '';
  const { stdout } = process;
  const { write } = stdout;
  const { log } = console;
  console.log = (line: string) => {
    text += `${line}\n`;
  };
  stdout.write = ((chunk: string) => {
    text += chunk;
    return true;
  }) as typeof write;
  try {
    const result = await work();
    return { text, result };
  } finally {
    console.log = log;
    stdout.write = write;
  }
}
