// Hours as people write them.
import { Refusal } from "./form";
import { say } from "./page";

/** Minutes of 3, 3:30 or 3h30; undefined when it is none of these. */
export function parseHours(text: string): number | undefined {
  const match = /^(\d{1,2})(?:\s*[:hH]\s*(\d{2})?)?$/.exec(text.trim());
  return match ? Number(match[1]) * 60 + Number(match[2] ?? 0) : undefined;
}

/** The minutes, or the refusal that says how to write them. */
export function minutesOf(text: string, field?: string): number {
  const minutes = parseHours(text);
  if (minutes === undefined) {
    throw new Refusal(say("tutor-hours"), field);
  }

  return minutes;
}

/** « 7 h 30 » for 450. */
export function written(minutes: number): string {
  const [h, mm] = [String(Math.floor(minutes / 60)), String(minutes % 60).padStart(2, "0")];
  return mm === "00" ? say("duration", { h }) : say("duration-minutes", { h, mm });
}
