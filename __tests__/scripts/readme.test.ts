import { describe, expect, test } from '@jest/globals';
import { withTables } from '../../scripts/readme.ts';

const action = `
name: Something
inputs:
  # --- Account ---
  key:
    description: The key.
    required: true
  # An ordinary comment opens no group.
  token:
    description: |
      The token,
      on two lines.
    default: \${{ github.token }}

  # --- Links ---
  mode:
    description: One of a | b
    default: a|b
  schema:
    description: No default.
outputs:
  link:
    description: The link.
`;

const readme = `# Title
<!-- inputs -->
old
<!-- /inputs -->
Between.
<!-- outputs --><!-- /outputs -->
`;

describe('the tables of the README', () => {
  test('follow action.yml, in its groups, and leave the rest alone', () => {
    expect(withTables(readme, action)).toBe(`# Title
<!-- inputs -->

**Account**

| Input | Default | What it is |
| --- | --- | --- |
| \`key\` | required | The key. |
| \`token\` | \`\${{ github.token }}\` | The token, on two lines. |

**Links**

| Input | Default | What it is |
| --- | --- | --- |
| \`mode\` | \`a\\|b\` | One of a \\| b |
| \`schema\` |  | No default. |

<!-- /inputs -->
Between.
<!-- outputs -->

| Output | What it is |
| --- | --- |
| \`link\` | The link. |

<!-- /outputs -->
`);
  });

  test('stay as they are when written again', () => {
    const once = withTables(readme, action);
    expect(withTables(once, action)).toBe(once);
  });

  test('need their markers', () => {
    expect(() => withTables('# Title', action)).toThrow('no place for the inputs');
  });
});
