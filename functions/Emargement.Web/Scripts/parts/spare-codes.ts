// Recovery codes, shown this once: to copy, to print, or to write down.
import { find, say } from "./page";

/** @param then What goes on once they are kept. */
export function showCodes(codes: string[], then: () => void): void {
  find("#codes").replaceChildren(...codes.map(code => {
    const line = document.createElement("li");
    line.textContent = code;
    return line;
  }));
  find("#copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(codes.join("\n"));
    find("#copied").textContent = say("copied");
  });
  find("#print").addEventListener("click", () => print());
  find("#kept").addEventListener("click", then);
  const shown = find("#spare-codes");
  shown.hidden = false;
  shown.focus();
}
