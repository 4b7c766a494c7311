/** An error as GitHub's GraphQL API reports it, with a `type` for programs. */
export class GraphqlProblem extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** A valid query for something that GitHub has and this sandbox doesn't. */
export class NotInSandbox extends Error {
  constructor(what: string) {
    super(`The sandbox has no ${what}.`);
  }
}
