/** How to measure. */
export interface Bench {
  /** A folder for what runs need and leave. */
  temp: string;
  /** The folder of the action's build. */
  action: string;
  /** Fewer runs, for a first look. */
  quick: boolean;
}

/** What was measured, as a section of docs/performance.md and, where that helps, as an image. */
export interface Report {
  text: string;
  svg?: string;
}
