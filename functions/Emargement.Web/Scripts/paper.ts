// A paper week by keyboard, a half-day from top to bottom: a letter says what the sheet says and goes to the next person, or to the minutes
// of who came late or left early; with Shift, P says present of everybody in the column of whom nothing is said yet. Enter goes on, arrows
// left and right change the half-day. Nothing is filled in by itself. Without this script the form is the same, box by box.
import { all, find, say, sayCount } from "./parts/page";

const PRESENT = "Present";
const COUNTED = ["Late", "LeftEarly"];

for (const form of all<HTMLFormElement>("form[data-paper]")) {
  run(form);
}

function run(form: HTMLFormElement): void {
  const ready = form.querySelector<HTMLElement>("[data-ready]");
  for (const shown of all("[data-with-script]", form)) {
    shown.hidden = false;
  }

  form.addEventListener("keydown", event => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && pressed(event)) {
      event.preventDefault();
      told();
    }
  });
  form.addEventListener("input", told);
  for (const button of all<HTMLButtonElement>("[data-fill]", form)) {
    button.addEventListener("click", () => {
      fill(button.dataset["fill"] ?? "");
      told();
    });
  }

  told();

  function pressed(event: KeyboardEvent): boolean {
    const at = event.target as HTMLElement;
    if (at instanceof HTMLSelectElement && at.dataset["column"]) {
      return inBox(at, event.key, event.shiftKey);
    }

    if (at instanceof HTMLInputElement && event.key === "Enter") {
      if (at.classList.contains("paper-minutes")) {
        below(find<HTMLSelectElement>("select", at.parentElement ?? form));
        return true;
      }

      const column = Number(at.dataset["column"] ?? NaN);
      if (at.classList.contains("paper-count")) {
        form.querySelector<HTMLElement>(`[name="t.${column}"]`)?.focus();
        return true;
      }

      if (at.type === "checkbox") {
        (first(column) ?? find("[data-save]", form)).focus();
        return true;
      }
    }

    return false;
  }

  function inBox(box: HTMLSelectElement, key: string, shift: boolean): boolean {
    const said = [...box.options].find(option => option.dataset["key"]?.toLowerCase() === key.toLowerCase())?.value;
    if (shift && said === PRESENT) {
      fill(box.dataset["column"] ?? "");
    } else if (key === "Enter") {
      below(box);
    } else if (key === "Backspace" || key === "Delete") {
      box.value = "";
    } else if (key === "ArrowRight" || key === "ArrowLeft") {
      return beside(box, key === "ArrowRight" ? 1 : -1);
    } else if (said) {
      box.value = said;
      const minutes = box.parentElement?.querySelector<HTMLInputElement>(".paper-minutes");
      if (minutes && COUNTED.includes(said)) {
        minutes.focus();
      } else {
        below(box);
      }
    } else {
      return false;
    }

    return true;
  }

  function boxes(column: string): HTMLSelectElement[] {
    return all<HTMLSelectElement>(`select[data-column="${column}"]`, form);
  }

  function below(box: HTMLSelectElement): void {
    const column = boxes(box.dataset["column"] ?? "");
    (column[column.indexOf(box) + 1] ?? find<HTMLInputElement>(`[name="h.${box.dataset["column"] ?? ""}"]`, form)).focus();
  }

  // The same person's next half-day that waits.
  function beside(box: HTMLSelectElement, step: number): boolean {
    const row = all<HTMLSelectElement>("select", box.closest("tr") ?? form);
    row[row.indexOf(box) + step]?.focus();
    return true;
  }

  function first(after: number): HTMLElement | undefined {
    return all<HTMLSelectElement>("tbody select", form)
      .filter(box => Number(box.dataset["column"]) > after)
      .sort((one, other) => Number(one.dataset["column"]) - Number(other.dataset["column"]))[0];
  }

  function fill(column: string): void {
    for (const box of boxes(column)) {
      box.value ||= PRESENT;
    }

    find<HTMLInputElement>(`[name="h.${column}"]`, form).focus();
  }

  // How many half-days are whole, and how many were begun only.
  function told(): void {
    const counts = all<HTMLInputElement>(".paper-count", form);
    let whole = 0;
    let begun = 0;
    for (const count of counts) {
      const said = boxes(count.dataset["column"] ?? "").map(box => box.value !== "");
      if (said.some(Boolean)) {
        said.every(Boolean) && count.value !== "" ? whole++ : begun++;
      }
    }

    const save = form.querySelector<HTMLElement>("[data-save]");
    if (save && ready) {
      save.textContent = whole > 0 ? sayCount("paper.save", whole) : say("paper.save-none");
      const rest = begun > 0 ? sayCount("paper.begun", begun) : "";
      if (ready.textContent !== rest) {
        ready.textContent = rest;
      }
    }
  }
}
