import type { Sandbox } from '../fivetran/server.ts';
import type { GitHubSandbox, PageEvent } from '../github/server.ts';
import { ONBOARD, runStepFor, type StepEvent } from './run-step.ts';
import { heading, show } from './show.ts';

/** An issue like the first one, by another customer. */
const ISSUE = {
  title: 'Connect: Initech',
  body: '### Customer\n\nInitech\n\n### Service\n\nGoogle Ads, Stripe\n\n### Schema\n\ninitech',
  author: 'nina',
};

/**
 * Keeps both stand-ins for whoever wants to open the card and the issues in a browser: what is done
 * on an issue's page runs the action at once, and follow-up runs when a source has been connected.
 */
export class Playground {
  readonly #fivetran: Sandbox;
  #github: GitHubSandbox | undefined;
  #watch: NodeJS.Timeout | undefined;
  /** Runs follow one another, as `concurrency` makes them do. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(fivetran: Sandbox) {
    this.#fivetran = fivetran;
  }

  /** What somebody did on a page. There is no command to show: the action has run. */
  readonly onEvent = async (event: PageEvent): Promise<string> => {
    const { action, issue, sender } = event.payload;
    await this.#run(
      `${sender.login}: ${event.name} ${action} on issue ${issue.number}`,
      ONBOARD,
      event,
    );
    return '';
  };

  /** Opens and approves an issue, and prints where everything is. */
  async open(github: GitHubSandbox, card: string): Promise<void> {
    this.#github = github;
    const issue = await github.openIssue(ISSUE);
    const payload = await github.addLabel(issue, 'connect-card', 'tess');
    await this.#run('tess approves another issue', ONBOARD, { name: 'issues', payload });
    const first = await github.issue(1);
    heading('Open these in a browser', 'and press Ctrl+C when you are done');
    show([
      `The issue of the story, connected:   ${first.html_url}`,
      `Another one, with two links to open: ${issue.html_url}`,
      'Comments and labels that you add on these pages run the action at once.',
      'The card of the first step:',
      card,
    ]);
    let connected = this.#connected();
    this.#watch = setInterval(() => {
      const now = this.#connected();
      if (now > connected)
        void this.#run('A customer has connected a source', { operation: 'follow-up' });
      connected = now;
    }, 500);
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    await this.#last;
    await Promise.all([this.#github?.close(), this.#fivetran.close()]);
  }

  #connected(): number {
    return this.#fivetran.connections.filter(({ status }) => status.setup_state === 'connected')
      .length;
  }

  #run(why: string, inputs: Record<string, string>, event?: StepEvent): Promise<unknown> {
    const github = this.#github;
    if (!github) return Promise.resolve();
    this.#last = this.#last.then(async () => {
      const { log } = await runStepFor(this.#fivetran, github, inputs, event);
      heading(why, 'and the action runs');
      show(log.trim().split('\n'));
    });
    return this.#last;
  }
}
