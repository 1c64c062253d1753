// What every page does: its data, its sentences, the language and sign-out tools of the masthead.
export interface PageBlock<T> {
  language: string;
  data: T;
}

// Of the page's language; a script of their own leaves them here, which browsers keep.
declare global {
  var sentences: Record<string, string> | undefined;
}

const block = JSON.parse(document.getElementById("page")?.textContent ?? "{}") as PageBlock<unknown>;

export const language = block.language;

export function pageData<T>(): T {
  return block.data as T;
}

/** A sentence under `script.` with its placeholders filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const sentence = globalThis.sentences?.[key] ?? globalThis.sentences?.["general"] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The form of a sentence that goes with a number. */
export function sayCount(key: string, count: number, values: Record<string, string | number> = {}): string {
  const form = new Intl.PluralRules(language).select(count) === "one" ? "one" : "other";
  return say(`${key}.${form}`, { ...values, count });
}

/** The hour on the site's clock, as the language writes it. */
export function hour(instant: string, zone: string): string {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  const parts = clock.formatToParts(new Date(instant));
  const part = (type: string): string => parts.find(p => p.type === type)?.value ?? "";
  const mm = part("minute");
  return say(mm === "00" ? "whole-hour" : "hour", { h: String(Number(part("hour"))), mm });
}

export function find<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T {
  const found = root.querySelector<T>(selector);
  if (!found) {
    throw new Error(`The page has no ${selector}.`);
  }

  return found;
}

export function all<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T[] {
  return [...root.querySelectorAll<T>(selector)];
}

function closeMenus(except: Node | null): void {
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) {
      menu.open = false;
    }
  }
}

document.addEventListener("click", event => closeMenus(event.target as Node));
document.addEventListener("keydown", event => {
  const menu = (event.target as Element).closest<HTMLDetailsElement>("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

for (const button of all<HTMLButtonElement>("[data-sign-out]")) {
  button.addEventListener("click", async () => {
    await fetch(button.dataset["signOut"] ?? "", { method: "POST", headers: { "Content-Type": "application/json" } });
    location.assign(button.dataset["then"] ?? "/");
  });
}

for (const button of all<HTMLButtonElement>("[data-reveal]")) {
  const field = find<HTMLInputElement>(`#${button.dataset["reveal"]}`);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    button.textContent = say(shown ? "show" : "hide");
  });
}

for (const button of all<HTMLButtonElement>("[data-copy-of]")) {
  button.addEventListener("click", async () => {
    const id = button.dataset["copyOf"] ?? "";
    await navigator.clipboard.writeText(find<HTMLTextAreaElement>(`#${id}`).value);
    find(`#${id}-copied`).textContent = say("key-copied");
  });
}
