/** An issue as the form in examples/issue-form.yml writes it. */
export const EXAMPLE_ISSUE = {
  title: 'Connect: Globex',
  body: [
    '### Customer\n\nGlobex, attn. Nina',
    '### Service\n\nGoogle Ads, Stripe',
    '### Schema\n\nglobex',
    '### Table\n\n_No response_',
  ].join('\n\n'),
  author: 'nina',
};
