// Calls to the API. A refusal brings the sentence that the server wrote for it (RFC 7807), in the language of the page.
import { language, say } from "./page";

export interface Refused {
  ok: false;
  status: number;
  code: string;
  detail: string;
}

export interface Answered<T> {
  ok: true;
  status: number;
  body: T;
}

export type Answer<T> = Answered<T> | Refused;

export function post<T>(url: string, body: unknown = undefined): Promise<Answer<T>> {
  const headers: Record<string, string> = { "Accept-Language": language };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }

  return send<T>(url, { method: "POST", headers, body: body === undefined ? null : JSON.stringify(body) });
}

export async function send<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    return { ok: false, status: 0, code: "network", detail: say("network") };
  }

  const text = await response.text();
  const body = parse(text);
  if (response.ok) {
    return { ok: true, status: response.status, body: body as T };
  }

  const problem = body as { code?: string; detail?: string } | undefined;
  return { ok: false, status: response.status, code: problem?.code ?? "", detail: problem?.detail ?? say("general") };
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
