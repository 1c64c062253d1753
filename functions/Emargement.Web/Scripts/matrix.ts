// The matrix by keyboard: arrows go from cell to cell and, with Shift, select on the way; a mark's letter selects the cell and chooses
// the mark. What the corrections would change is said as they are chosen; without this script, a button asks for it.
import { all, find, say, sayCount } from "./parts/page";

const AFTER = 400;

// By key: rows down, columns to the right.
const STEPS: Record<string, readonly [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

for (const form of all<HTMLFormElement>("form[data-matrix]")) {
  const bar = form.querySelector<HTMLElement>(".matrix-bar");
  if (bar) {
    run(form, bar);
  }
}

function run(form: HTMLFormElement, bar: HTMLElement): void {
  const look = find<HTMLButtonElement>("[data-look]", bar);
  const count = find("[data-count]", bar);
  const effect = find("#effect", bar);
  const mark = find<HTMLSelectElement>("#mark", bar);
  const rows = all<HTMLTableRowElement>("tbody tr", form).map(row => all<HTMLTableCellElement>("td", row));
  let timer = 0;
  let asked = 0;
  look.hidden = true;
  told();
  form.addEventListener("input", told);

  form.addEventListener("keydown", event => {
    const cell = (event.target as Element).closest<HTMLInputElement>("input[name=cell]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    const next = neighbour(cell, event.key);
    const chosen = [...mark.options].find(option => option.dataset["key"]?.toLowerCase() === event.key.toLowerCase());
    if (next) {
      event.preventDefault();
      if (event.shiftKey) {
        cell.checked = next.checked = true;
      }

      next.focus();
    } else if (chosen) {
      event.preventDefault();
      cell.checked = true;
      mark.value = chosen.value;
    } else {
      return;
    }

    told();
  });

  function neighbour(cell: HTMLInputElement, key: string): HTMLInputElement | null {
    const [down, right] = STEPS[key] ?? [0, 0];
    let row = rows.findIndex(cells => cells.some(td => td.contains(cell)));
    let column = rows[row]?.findIndex(td => td.contains(cell)) ?? -1;
    while (down !== 0 || right !== 0) {
      row += down;
      column += right;
      if (!rows[row]?.[column]) {
        return null;
      }

      const found = rows[row]?.[column]?.querySelector<HTMLInputElement>("input[name=cell]");
      if (found) {
        return found;
      }
    }

    return null;
  }

  function told(): void {
    const selected = all<HTMLInputElement>("input[name=cell]:checked", form).length;
    count.textContent = selected === 0 ? say("matrix.choose") : sayCount("matrix.selected", selected);
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(selected), AFTER);
  }

  async function ask(selected: number): Promise<void> {
    const turn = ++asked;
    if (selected === 0) {
      effect.textContent = "";
      return;
    }

    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      body.append(name, String(value));
    }

    body.set("act", "look");
    try {
      const response = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("#effect");
      if (found && turn === asked) {
        effect.textContent = found.textContent;
      }
    } catch {
      // What would change is asked again with the next choice.
    }
  }
}
