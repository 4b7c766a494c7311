import type { Context } from 'hono';
import { isJson, type Json } from './create-request.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './types.ts';

/** The text of the body is read before a fault is chosen, so it comes along beside the request. */
export interface Env {
  Bindings: { text: string };
}

export function checkCredentials(c: Context, { apiKey, apiSecret }: Settings): void {
  const expected = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  if (c.req.header('authorization') !== expected) {
    throw new Refusal(401, 'AuthFailed', 'The API key and secret are missing or not valid.', {
      'WWW-Authenticate': 'Basic realm="Fivetran sandbox"',
    });
  }
}

export function checkAccept(c: Context): void {
  const accept = c.req.header('accept') ?? '*/*';
  if (!/(application\/(json|\*)|\*\/\*)\s*(;|,|$)/i.test(accept)) {
    throw new Refusal(406, 'NotAcceptable', 'Answers are application/json: ask for that.');
  }
}

export function readBody(c: Context<Env>): Json {
  if (c.env.text === '') throw new Refusal(400, 'InvalidInput', 'A JSON body is required.');
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Refusal(415, 'UnsupportedMediaType', 'The body must be application/json.');
  }
  const body = parseJson(c.env.text);
  if (!isJson(body)) throw new Refusal(400, 'InvalidInput', 'The body is not a JSON object.');
  return body;
}

/** The value of a JSON text, or undefined if it isn't one. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function readPaging(c: Context): { after: number; limit: number } {
  const limit = c.req.query('limit') ?? '100';
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > 1000) {
    throw new Refusal(400, 'InvalidInput', '"limit" must be a whole number from 1 to 1000.');
  }
  const cursor = c.req.query('cursor');
  const place = cursor === undefined ? 0 : placeOf(cursor);
  if (place === undefined) {
    throw new Refusal(400, 'InvalidInput', '"cursor" is not one that a listing has given.');
  }
  return { after: place, limit: Number(limit) };
}

// A cursor is opaque to clients, so that none comes to rely on what is in it.
export function cursorAt(place: number): string {
  return Buffer.from(`after:${place}`).toString('base64url');
}

function placeOf(cursor: string): number | undefined {
  const place = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return place === undefined ? undefined : Number(place);
}

export function id(c: Context): string {
  return c.req.param('id') ?? '';
}

export function success(message: string, data: object, status = 200): Response {
  return answer(status, { code: 'Success', message, data });
}

export function answer(status: number, body: object, headers?: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}
