// What GraphQL is used for, because one request is enough there: an issue with its newest comments, a page
// of issues with theirs. docs.github.com/graphql/reference/objects#issue

const COMMENT = `
  fragment comment on IssueComment {
    fullDatabaseId body url createdAt lastEditedAt viewerDidAuthor
    author { __typename login }
  }`;

const ISSUE = `
  fragment issue on Issue {
    id number state author { login __typename }
    labels(first: 100) { nodes { name } }
  }`;

const COMMENTS = `{ nodes { ...comment } pageInfo { hasPreviousPage startCursor } }`;

/** One issue, and its newest comments or those before a cursor. */
export const ISSUE_QUERY = `
  query ($owner: String!, $name: String!, $number: Int!, $before: String) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      databaseId visibility
      issue(number: $number) { ...issue comments(last: 100, before: $before) ${COMMENTS} }
    }
  }${ISSUE}${COMMENT}`;

/**
 * The open issues with a label, fifty a page, each with its newest comments: the action's own is
 * among the last where people don't discuss much.
 */
export const ISSUES_QUERY = `
  query ($owner: String!, $name: String!, $label: String!, $after: String) {
    viewer { login }
    repository(owner: $owner, name: $name) {
      databaseId visibility
      issues(
        first: 50, after: $after, labels: [$label], states: OPEN,
        orderBy: { field: CREATED_AT, direction: ASC }
      ) {
        nodes { ...issue comments(last: 20) ${COMMENTS} }
        pageInfo { hasNextPage endCursor }
      }
    }
  }${ISSUE}${COMMENT}`;

/** Adds a comment, and shows the issue as it is then. */
export const ADD_COMMENT = `
  mutation ($subject: ID!, $body: String!) {
    addComment(input: { subjectId: $subject, body: $body }) {
      commentEdge { node { ...comment } }
      subject {
        ... on Issue {
          ...issue
          repository { databaseId visibility }
          comments(last: 100) ${COMMENTS}
        }
      }
    }
  }${ISSUE}${COMMENT}`;
