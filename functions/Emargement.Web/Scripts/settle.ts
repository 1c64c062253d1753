// « À régler » by keyboard: up and down go from line to line, Enter follows the remedy that has the focus, e opens what it is about.
import { all } from "./parts/page";

for (const help of all("[data-with-script]")) {
  help.hidden = false;
}

const lines = all("[data-line]");

document.addEventListener("keydown", event => {
  const typing = (event.target as Element).closest("input, textarea, select, summary");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || lines.length === 0) {
    return;
  }

  const at = lines.findIndex(line => line.contains(document.activeElement));
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step !== 0) {
    event.preventDefault();
    const next = lines[Math.min(lines.length - 1, Math.max(0, at + step))];
    next?.querySelector<HTMLAnchorElement>("[data-remedy]")?.focus();
  } else if (event.key === "e" && at >= 0) {
    (lines[at]?.querySelector<HTMLAnchorElement>("[data-see]") ?? lines[at]?.querySelector<HTMLAnchorElement>("[data-remedy]"))?.click();
  }
});
