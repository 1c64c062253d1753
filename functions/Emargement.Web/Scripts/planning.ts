// The form of a session's planning: what is worth a look is said as it is typed. Without this script, a button asks for it.
import { all, find } from "./parts/page";

const AFTER = 600;

for (const form of all<HTMLFormElement>("form[data-planning]")) {
  const check = find<HTMLButtonElement>("[data-check]", form);
  const warnings = find("#warnings", form);
  let timer = 0;
  let asked = 0;
  check.hidden = true;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), AFTER);
  });

  async function look(): Promise<void> {
    const turn = ++asked;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      body.append(name, String(value));
    }

    body.set("act", "check");
    try {
      const response = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("#warnings");
      if (found && turn === asked && warnings.textContent?.trim() !== found.textContent?.trim()) {
        warnings.replaceChildren(...[...found.childNodes].map(node => document.importNode(node, true)));
      }
    } catch {
      // What is worth a look comes again with the answer of the form.
    }
  }
}

// A link to one of the page's forms opens it.
const target = location.hash ? document.querySelector(location.hash) : null;
if (target instanceof HTMLDetailsElement) {
  target.open = true;
}
