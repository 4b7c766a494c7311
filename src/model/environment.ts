/** The process's environment, or what stands in for it in a test. */
export type Environment = Readonly<Record<string, string | undefined>>;
