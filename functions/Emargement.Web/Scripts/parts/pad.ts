// A signature drawn with finger, mouse or trackpad, or a typed name. Only the line is kept: no time, speed or pressure of the strokes.
import SignaturePad, { type PointGroup } from "signature_pad";
import { all, find, say } from "./page";
import { Refusal } from "./form";

export type Mark = { drawing: string } | { typedName: string };

export class Pad {
  private readonly canvas: HTMLCanvasElement;
  private readonly pad: SignaturePad;
  private readonly typed: HTMLInputElement;
  private readonly toggle: HTMLButtonElement;
  private typing: boolean;

  constructor(private readonly root: HTMLElement) {
    this.canvas = find<HTMLCanvasElement>("canvas", root);
    this.typed = find<HTMLInputElement>("[data-pad-typed] input", root);
    this.typing = !find("[data-pad-typed]", root).hidden;
    this.toggle = find<HTMLButtonElement>("[data-pad-switch]", root);
    this.pad = new SignaturePad(this.canvas, { penColor: "#1b1f2a", minWidth: 1.2, maxWidth: 2.6, minDistance: 3 });
    find("[data-pad-clear]", root).addEventListener("click", () => this.pad.clear());
    this.toggle.addEventListener("click", () => this.switch());
    new ResizeObserver(() => this.fit()).observe(this.canvas);
  }

  /** What to send, or the refusal that asks for it. */
  mark(): Mark {
    if (this.typing) {
      const name = this.typed.value.trim();
      if (!name) {
        throw new Refusal(say("required-drawing"), "typedName");
      }

      return { typedName: name };
    }

    if (this.pad.isEmpty()) {
      throw new Refusal(say("required-drawing"));
    }

    return { drawing: path(this.pad.toData()) };
  }

  reset(): void {
    this.pad.clear();
    this.typed.value = "";
    if (this.typing) {
      this.switch();
    }
  }

  private switch(): void {
    this.typing = !this.typing;
    for (const part of all("[data-pad-drawn]", this.root)) {
      part.hidden = this.typing;
    }

    find("[data-pad-typed]", this.root).hidden = !this.typing;
    const words = this.toggle.textContent ?? "";
    this.toggle.textContent = this.toggle.dataset["other"] ?? "";
    this.toggle.dataset["other"] = words;
    if (this.typing) {
      this.typed.focus();
    }
  }

  // A canvas is as sharp as its bitmap: give it the screen's pixels, and draw again what was there.
  private fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0) {
      return;
    }

    const ratio = Math.max(window.devicePixelRatio, 1);
    const strokes = this.pad.toData();
    this.canvas.width = clientWidth * ratio;
    this.canvas.height = clientHeight * ratio;
    this.canvas.getContext("2d")?.scale(ratio, ratio);
    this.pad.fromData(strokes);
  }
}

/** SVG path data of the strokes, smoothed through the middles of their points: M, L and Q with one decimal. */
export function path(strokes: PointGroup[]): string {
  return strokes.map(({ points }) => {
    const [first, ...rest] = points;
    if (!first) {
      return "";
    }

    const last = rest.at(-1);
    if (!last) {
      return `M${at(first)}L${at({ x: first.x + 0.5, y: first.y + 0.5 })}`;
    }

    const curves = rest.slice(0, -1).map((point, i) => {
      const next = rest[i + 1] ?? last;
      return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
    });
    return `M${at(first)}${curves.join("")}L${at(last)}`;
  }).join("");
}

function at(point: { x: number; y: number }): string {
  return `${Math.round(point.x * 10) / 10} ${Math.round(point.y * 10) / 10}`;
}
