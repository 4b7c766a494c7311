/** A position in a text; lines and columns count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** A position in the list of requests, as messages name it and as GitHub's annotations do. */
export interface ListPosition extends Position {
  /** The file as the workflow names it; absent for a list in the workflow itself. */
  path?: string;
  /** The file's path within the workspace, divided by slashes; absent where GitHub can't show it. */
  file?: string;
}
