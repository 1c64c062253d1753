// The rotating codes of an open session, derived here from its key and the server's clock: nothing is asked of the network.
// The server derives the same ones (Domain/Signing/PresenceCode.cs); tests hold both to the same vectors.
export const QR_SECONDS = 15;
export const TYPED_SECONDS = 60;
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 8;
const QR_MAC_BYTES = 16;

export class Codes {
  private constructor(private readonly key: CryptoKey, private readonly organisation: string, private readonly session: string) {}

  /** @param key The session's key in base64url. */
  static async of(key: string, organisation: string, session: string): Promise<Codes> {
    const bytes = fromBase64Url(key);
    const signing = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Codes(signing, organisation, session);
  }

  /** Last part of the QR code's address at a step of 15 seconds. */
  async qr(step: number): Promise<string> {
    const mac = await this.mac("qr", step);
    return `${step.toString(36)}.${toBase64Url(mac.slice(0, QR_MAC_BYTES))}`;
  }

  /** The typed code at a step of 60 seconds, without its space. */
  async typed(step: number): Promise<string> {
    const mac = await this.mac("code", step);
    let value = new DataView(mac.buffer).getBigUint64(0);
    const base = BigInt(ALPHABET.length);
    let code = "";
    for (let i = 0; i < LENGTH; i++) {
      code = ALPHABET.charAt(Number(value % base)) + code;
      value /= base;
    }

    return code;
  }

  private async mac(purpose: string, step: number): Promise<Uint8Array<ArrayBuffer>> {
    const message = new TextEncoder().encode(`${purpose}\n${this.organisation}\n${this.session}\n${step}`);
    return new Uint8Array(await crypto.subtle.sign("HMAC", this.key, message));
  }
}

/** The server's clock, as far as this page knows: how much it was ahead of ours when it answered. */
export class ServerClock {
  private readonly ahead: number;

  constructor(serverTime: string) {
    this.ahead = Date.parse(serverTime) - Date.now();
  }

  /** Seconds since 1970. */
  seconds(): number {
    return (Date.now() + this.ahead) / 1000;
  }
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
