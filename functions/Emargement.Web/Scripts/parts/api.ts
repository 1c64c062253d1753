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
    return unreached();
  }

  const text = await response.text();
  const body = parse(text);
  return response.ok ? { ok: true, status: response.status, body: body as T } : refused(response.status, body);
}

/** Sends a body and gives the browser the file that comes back. */
export async function download(url: string, body?: unknown): Promise<Answer<void>> {
  const headers: Record<string, string> = { "Accept-Language": language };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }

  let response: Response;
  try {
    response = await fetch(url, { method: "POST", headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    return unreached();
  }

  if (!response.ok) {
    return refused(response.status, parse(await response.text()));
  }

  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename=([\w.-]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  link.click();
  URL.revokeObjectURL(link.href);
  return { ok: true, status: response.status, body: undefined };
}

function unreached(): Refused {
  return { ok: false, status: 0, code: "network", detail: say("network") };
}

function refused(status: number, body: unknown): Refused {
  const problem = body as { code?: string; detail?: string } | undefined;
  return { ok: false, status, code: problem?.code ?? "", detail: problem?.detail ?? say("general") };
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
