// The three steps and the tick: shared by the QR page, the learner's home and the handed-round device.
import { type Answer, post } from "./api";
import { onSubmit, Refusal } from "./form";
import { Pad } from "./pad";
import { find, hour, say } from "./page";

/** What a proof of presence gave. */
export interface Presence {
  ticket?: string;
  session: { session: string; title?: string; start: string; end: string; zone: string };
  learner: { lastName: string; firstName: string; apart?: string };
  drawing: "wanted" | "none";
  already?: Signature;
}

export interface Signature {
  signedAt: string;
  status: string;
  lateMinutes: number;
}

export class Steps {
  private readonly form = find<HTMLFormElement>("#sign");
  private readonly done = find("#done");
  private readonly pad = new Pad(find("[data-pad]", this.form));
  private ticket = "";
  private drawing = true;

  constructor(organisation: string, private readonly zone: string) {
    onSubmit(this.form, async () => {
      const mark = this.drawing ? this.pad.mark() : {};
      const answer = await post<Signature>(`/api/organisations/${organisation}/signatures`, { ticket: this.ticket, ...mark });
      this.finish(answer);
    });
  }

  /** The page came with its ticket: nothing to ask before signing. */
  ready(ticket: string, drawing: boolean): void {
    this.ticket = ticket;
    this.drawing = drawing;
    find("[data-drawing]", this.form).hidden = !drawing;
  }

  /** Shows who and what a proof is about, and the pad; or the tick if it was signed already. */
  show(presence: Presence): void {
    const { firstName, lastName, apart } = presence.learner;
    for (const root of [this.form, this.done]) {
      find("[data-learner]", root).textContent = `${firstName} ${lastName}${apart ? ` (${apart})` : ""}`;
      if (presence.session.title) {
        find("[data-training]", root).textContent = presence.session.title;
      }

      const { start, end, zone } = presence.session;
      const when = find("[data-when]", root);
      when.textContent = when.textContent || say("span", { start: hour(start, zone), end: hour(end, zone) });
    }

    if (presence.already || !presence.ticket) {
      this.tick(presence.already);
      return;
    }

    this.ready(presence.ticket, presence.drawing === "wanted");
    this.form.hidden = false;
    find("[data-learner]", this.form).focus();
  }

  reset(): void {
    this.form.hidden = true;
    this.done.hidden = true;
    this.pad.reset();
    find("[data-error]", this.form).textContent = "";
  }

  private finish(answer: Answer<Signature>): void {
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    this.tick(answer.body);
  }

  private tick(signature: Signature | undefined): void {
    this.form.hidden = true;
    if (signature) {
      find("[data-title]", this.done).textContent = say("signed-at", { hour: hour(signature.signedAt, this.zone) });
      find("[data-late]", this.done).hidden = signature.lateMinutes === 0;
      find("[data-late-word]", this.done).textContent = say("status.late", { minutes: signature.lateMinutes });
    }

    this.done.hidden = false;
    this.done.focus();
    document.dispatchEvent(new CustomEvent("signed"));
  }
}
