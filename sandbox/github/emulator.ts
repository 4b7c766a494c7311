import { createEmulator } from 'emulate';
import { Agent, fetch } from 'undici';
import type { Answer } from './types.ts';

export interface EmulatorOptions {
  owner: string;
  repo: string;
  logins: string[];
  /** What URLs in its answers begin with. */
  baseUrl: string;
}

/**
 * The emulator that keeps issues, labels and comments (https://emulate.dev). In its public
 * repository everybody may do everything: who may do what is decided in front of it.
 */
export class Emulator {
  #origin: string;
  #baseUrl: string;
  #stop: () => Promise<void>;
  // Its own, so that a test's mock dispatcher doesn't come between.
  #agent = new Agent();

  private constructor(origin: string, baseUrl: string, stop: () => Promise<void>) {
    this.#origin = origin;
    this.#baseUrl = baseUrl;
    this.#stop = stop;
  }

  static async start({ owner, repo, logins, baseUrl }: EmulatorOptions): Promise<Emulator> {
    const { url, close } = await createEmulator({
      service: 'github',
      port: 0,
      seed: {
        tokens: Object.fromEntries(logins.map((login) => [login, { login }])),
        github: {
          users: logins.map((login) => ({ login })),
          orgs: [{ login: owner }],
          repos: [{ owner, name: repo, auto_init: false }],
        },
      },
    });
    return new Emulator(url, baseUrl, close);
  }

  async send(
    by: string | undefined,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer> {
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: {
        ...(by && { authorization: `Bearer ${by}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const rebase = (text: string) => text.replaceAll(this.#origin, this.#baseUrl);
    const link = response.headers.get('link');
    const text = await response.text();
    return {
      status: response.status,
      headers: link ? { link: rebase(link) } : {},
      body: text ? JSON.parse(rebase(text)) : undefined,
    };
  }

  async close(): Promise<void> {
    await this.#agent.close();
    await this.#stop();
  }
}
