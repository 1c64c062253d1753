// The list that updates itself: asks every five seconds while someone looks, and receives nothing while nothing changed.
import { all, find, hour, language, say, sayCount } from "./page";

export interface Live {
  session: { state: string; zone: string };
  edits: { n: number }[];
  learners: Learner[];
  expected: number;
  signedCount: number;
}

interface Learner {
  learner: string;
  status: string;
  lateMinutes: number;
  leftEarlyMinutes: number;
  reason?: string;
  method?: string;
  signedAt?: string;
}

const EVERY = 5000;
const LOOKS: Record<string, { tone: string; shape: string }> = {
  "not-signed": { tone: "", shape: "waiting" },
  "present": { tone: "chip-present", shape: "check" },
  "late": { tone: "chip-late", shape: "late" },
  "left-early": { tone: "chip-late", shape: "left-early" },
  "absent-justified": { tone: "chip-absent", shape: "justified" },
  "absent-unjustified": { tone: "chip-absent", shape: "absent" },
};

export class LiveList {
  signed = 0;
  expected = 0;
  private etag = "";
  private timer = 0;
  private readonly rows = new Map(all(".person").map(row => [row.dataset["learner"] ?? "", row]));

  constructor(private readonly url: string, private readonly state: string, private readonly lastEdit: number) {
    this.expected = this.rows.size;
    this.signed = all(".person[data-signed=true]").length;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) {
        void this.refresh();
      }
    });
    window.addEventListener("online", () => void this.refresh());
  }

  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const headers: Record<string, string> = { "Accept-Language": language };
      if (this.etag) {
        headers["If-None-Match"] = this.etag;
      }

      const response = await fetch(this.url, { headers, cache: "no-store" });
      this.network("");
      if (response.status === 200) {
        this.etag = response.headers.get("ETag") ?? "";
        this.apply(await response.json() as Live);
      } else if ([401, 403, 404].includes(response.status)) {
        location.reload();
      }
    } catch {
      this.network(say("offline"));
    }

    this.timer = window.setTimeout(() => document.hidden || void this.refresh(), EVERY);
  }

  private apply(live: Live): void {
    if (live.session.state !== this.state) {
      location.reload();
      return;
    }

    // The list or the planning changed: shown anew as soon as nobody is in the middle of something.
    const changed = live.learners.length !== this.rows.size || live.learners.some(l => !this.rows.has(l.learner))
      || (live.edits.at(-1)?.n ?? 0) !== this.lastEdit;
    if (changed && !document.querySelector("dialog[open], #projection:not([hidden])")) {
      location.reload();
      return;
    }

    for (const learner of live.learners) {
      const row = this.rows.get(learner.learner);
      if (row) {
        update(row, learner, live.session.zone);
      }
    }

    [this.signed, this.expected] = [live.signedCount, live.expected];
    const words = sayCount("signed", live.signedCount, { expected: live.expected });
    for (const count of all("#count, #projection-count")) {
      if (count.textContent !== words) {
        count.textContent = words;
      }
    }

    find<HTMLProgressElement>("#meter").value = live.signedCount;
  }

  private network(words: string): void {
    const line = find("#network");
    if (line.textContent !== words) {
      line.textContent = words;
    }
  }
}

function update(row: HTMLElement, learner: Learner, zone: string): void {
  const look = LOOKS[learner.status];
  const chip = find("[data-chip]", row);
  chip.className = `chip ${look?.tone ?? ""}`;
  const shape = find("use", chip);
  shape.setAttribute("href", (shape.getAttribute("href") ?? "").replace(/#.*/, `#${look?.shape ?? "waiting"}`));
  find("span", chip).textContent = say(`status.${learner.status}`, { minutes: learner.lateMinutes || learner.leftEarlyMinutes });
  find("[data-note]", row).textContent = [
    learner.signedAt ? hour(learner.signedAt, zone) : "",
    learner.signedAt && learner.method ? say(`method.${learner.method}`) : "",
    learner.reason ?? "",
  ].filter(Boolean).join(" · ");
  row.dataset["signed"] = String(Boolean(learner.signedAt));
  for (const item of all("[data-when-unsigned]", row)) {
    item.hidden = Boolean(learner.signedAt);
  }

  for (const item of all("[data-when-marked]", row)) {
    item.hidden = learner.status === "not-signed" || learner.status === "present";
  }
}
