// Passkeys: what the server asks as JSON becomes the bytes that browsers want, and their answer becomes JSON again.
import { post } from "./api";
import { Refusal } from "./form";
import { say } from "./page";

export const areKnown = "PublicKeyCredential" in window;

interface Asked {
  options: string;
}

/** The answer of the device that makes a new passkey as the server asked. */
export async function makePasskey(options: string): Promise<string> {
  const asked = JSON.parse(options);
  return answered(() => navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: named(asked.excludeCredentials),
    },
  }));
}

/** The answer of a passkey of the device to a challenge of this address. */
export async function usePasskey(url: string): Promise<string> {
  const offer = await post<Asked>(`${url}/offer`, {});
  if (!offer.ok) {
    throw new Refusal(offer.detail);
  }

  const asked = JSON.parse(offer.body.options);
  return answered(() => navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: named(asked.allowCredentials) },
  }));
}

async function answered(ask: () => Promise<Credential | null>): Promise<string> {
  let given: Credential | null;
  try {
    given = await ask();
  } catch {
    throw new Refusal(say("passkey-cancelled"));
  }

  const { id, rawId, type, response } = given as PublicKeyCredential;
  const of = response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const written: Record<string, unknown> = { clientDataJSON: text(of.clientDataJSON) };
  if (of.attestationObject) {
    written["attestationObject"] = text(of.attestationObject);
    written["transports"] = of.getTransports?.() ?? [];
  } else {
    written["authenticatorData"] = text(of.authenticatorData);
    written["signature"] = text(of.signature);
    written["userHandle"] = of.userHandle ? text(of.userHandle) : null;
  }

  return JSON.stringify({ id, rawId: text(rawId), type, response: written, clientExtensionResults: {} });
}

function named(credentials: { id: string }[] | undefined): PublicKeyCredentialDescriptor[] {
  return (credentials ?? []).map(c => ({ type: "public-key", id: bytes(c.id) }));
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
}

function text(given: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(given))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
