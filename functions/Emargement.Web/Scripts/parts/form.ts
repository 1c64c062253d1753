// Forms that answer in place: one error at a time, said under the field and read out; the button tells that it works.
import { find, say } from "./page";

export class Refusal extends Error {
  /** @param field Name of the field to go back to. */
  constructor(message: string, readonly field?: string) {
    super(message);
  }
}

/** Runs an action when the form is sent; a Refusal that it throws is shown and its field focused. Sent twice, it acts once. */
export function onSubmit(form: HTMLFormElement, act: () => Promise<void>): void {
  const button = find<HTMLButtonElement>("button[type=submit]", form);
  const error = find("[data-error], #error", form);
  let busy = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (busy) {
      return;
    }

    busy = true;
    show(form, error, "", undefined);
    const working = setTimeout(() => button.setAttribute("aria-busy", "true"), 500);
    try {
      await act();
    } catch (reason) {
      if (!(reason instanceof Refusal)) {
        throw reason;
      }

      show(form, error, reason.message, reason.field);
    } finally {
      busy = false;
      clearTimeout(working);
      button.removeAttribute("aria-busy");
    }
  });
}

function show(form: HTMLFormElement, error: HTMLElement, message: string, field: string | undefined): void {
  error.textContent = message;
  for (const marked of form.querySelectorAll("[aria-invalid]")) {
    marked.removeAttribute("aria-invalid");
  }

  const input = field ? form.elements.namedItem(field) : null;
  if (input instanceof HTMLInputElement) {
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
}

/** The value of a field, or the refusal that asks for it. */
export function required(form: HTMLFormElement, name: string, message: string): string {
  const value = find<HTMLInputElement>(`[name=${name}]`, form).value.trim();
  if (!value) {
    throw new Refusal(message, name);
  }

  return value;
}

const MIN_PASSWORD = 12;

/** The new password of a form, as it was typed, or the refusal that asks for a longer one. */
export function chosenPassword(form: HTMLFormElement): string {
  const { value } = find<HTMLInputElement>("[name=password]", form);
  if ([...value].length < MIN_PASSWORD) {
    throw new Refusal(say("password-short"), "password");
  }

  return value;
}

/** Wires a dialog's own cancel button and returns it with its form. */
export function dialog(id: string): { dialog: HTMLDialogElement; form: HTMLFormElement } {
  const found = find<HTMLDialogElement>(`#${id}`);
  find("[data-cancel]", found).addEventListener("click", () => found.close());
  return { dialog: found, form: find<HTMLFormElement>("form", found) };
}
