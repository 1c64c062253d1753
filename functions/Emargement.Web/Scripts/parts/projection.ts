// The full-screen page that a room reads: QR code, typed code, time left, count. It goes on without the network.
import { encode } from "uqr";
import { Codes, QR_SECONDS, ServerClock, TYPED_SECONDS } from "./codes";
import { find } from "./page";

export interface ProjectionData {
  key: string;
  qrPrefix: string;
  serverTime: string;
}

const QUIET_ZONE = 2;

export class Projection {
  private readonly screen = find("#projection");
  private readonly qr = find<SVGSVGElement>("#projection-qr");
  private readonly code = find("#projection-code");
  private readonly ring = find<SVGCircleElement>("#projection-ring");
  private readonly clock: ServerClock;
  private codes: Codes | undefined;
  private shownQr = 0;
  private shownCode = 0;
  private timer = 0;
  private opener: HTMLElement | null = null;

  constructor(private readonly data: ProjectionData, private readonly organisation: string, private readonly session: string) {
    this.clock = new ServerClock(data.serverTime);
    find("#projection-leave").addEventListener("click", () => this.hide());
    this.screen.addEventListener("keydown", event => {
      if (event.key === "Escape") {
        this.hide();
      } else if (event.key === "Tab") {
        // Nothing but its one button can be reached while it covers the page.
        event.preventDefault();
        find("#projection-leave").focus();
      }
    });
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement) {
        this.hide();
      }
    });
  }

  async show(): Promise<void> {
    this.opener = document.activeElement as HTMLElement | null;
    this.codes ??= await Codes.of(this.data.key, this.organisation, this.session);
    await this.draw();
    this.screen.hidden = false;
    this.screen.focus();
    this.timer = window.setInterval(() => void this.draw(), 250);
    // Where full screen is refused (a phone, a kiosk), covering the page is enough.
    await this.screen.requestFullscreen?.().catch(() => undefined);
  }

  private hide(): void {
    if (this.screen.hidden) {
      return;
    }

    clearInterval(this.timer);
    this.screen.hidden = true;
    if (document.fullscreenElement) {
      void document.exitFullscreen();
    }

    this.opener?.focus();
  }

  private async draw(): Promise<void> {
    const now = this.clock.seconds();
    const qrStep = Math.floor(now / QR_SECONDS);
    const codeStep = Math.floor(now / TYPED_SECONDS);
    if (this.codes && qrStep !== this.shownQr) {
      this.shownQr = qrStep;
      this.drawQr(this.data.qrPrefix + await this.codes.qr(qrStep));
    }

    if (this.codes && codeStep !== this.shownCode) {
      this.shownCode = codeStep;
      const code = await this.codes.typed(codeStep);
      this.code.textContent = `${code.slice(0, 4)} ${code.slice(4)}`;
    }

    const left = 1 - (now % TYPED_SECONDS) / TYPED_SECONDS;
    this.ring.setAttribute("stroke-dashoffset", String(Math.round((1 - left) * 100)));
  }

  private drawQr(address: string): void {
    const { size, data } = encode(address, { ecc: "M", border: QUIET_ZONE });
    const dark = data.flatMap((row, y) => row.map((on, x) => on ? `M${x} ${y}h1v1h-1z` : "")).join("");
    this.qr.setAttribute("viewBox", `0 0 ${size} ${size}`);
    this.qr.dataset["address"] = address;
    this.qr.innerHTML = `<path d="${dark}"/>`;
  }
}
