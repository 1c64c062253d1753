// The page on which the organisation follows one placement: each dialog is one call to the API, and the page then shows what came of it.
import { post, send } from "./parts/api";
import { dialog, onSubmit, Refusal, required } from "./parts/form";
import { minutesOf } from "./parts/hours";
import { all, find, language, pageData, say } from "./parts/page";

interface Range { first: string; last: string }

const page = pageData<{ url: string; version: number; daysOff: Range[] }>();
let tutor = "";

/** The values of a form's named fields; what is left empty is left out. */
function values(form: HTMLFormElement, ...names: string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = find<HTMLInputElement>(`[name=${name}]`, form).value.trim();
    if (value) {
      found[name] = value;
    }
  }

  return found;
}

/** As values, for fields that must be filled in. */
function needed(form: HTMLFormElement, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, required(form, name, say("required"))]));
}

async function call(path: string, body: unknown): Promise<void> {
  const answer = await post(`${page.url}/${path}`, body);
  if (!answer.ok) {
    throw new Refusal(answer.detail);
  }
}

function wire(id: string, act: (form: HTMLFormElement) => Promise<void>): void {
  if (document.querySelector(`#${id}`)) {
    const { form } = dialog(id);
    onSubmit(form, async () => {
      await act(form);
      location.assign(`?did=${id}`);
    });
  }
}

for (const button of all("[data-dialog]")) {
  button.addEventListener("click", () => {
    const id = button.dataset["dialog"] ?? "";
    const box = find<HTMLDialogElement>(`#${id}`);
    const name = button.dataset["name"];
    tutor = button.dataset["tutor"] ?? "";
    find("[data-error]", box).textContent = "";
    const line = find("[data-tutor-name]", box);
    line.hidden = !name;
    line.textContent = name ?? "";
    if (id === "address") {
      find<HTMLInputElement>("[name=name]", box).value = name ?? "";
      find<HTMLInputElement>("[name=email]", box).value = button.dataset["email"] ?? "";
    }

    button.closest<HTMLDetailsElement>("details.menu")?.removeAttribute("open");
    box.showModal();
  });
}

const { version } = page;
wire("resend", form => call(`tutors/${tutor}/mail`, values(form, "notBefore")));
wire("address", form => call(`tutors/${tutor}/address`, { version, ...needed(form, "name", "email", "reason") }));
wire("revoke", form => call(`tutors/${tutor}/revocation`, needed(form, "reason")));
wire("dates", form => call("changes", { version, ...needed(form, "firstDay", "lastDay", "reason") }));
wire("days-off", form => {
  const { reason, ...range } = needed(form, "first", "last", "reason");
  return call("changes", { version, reason, daysOff: [...page.daysOff, range] });
});
wire("next-tutor", form => call("tutors", { version, ...needed(form, "name", "from", "reason"), ...values(form, "email", "language") }));
wire("cancel", form => call("cancellation", { version, ...needed(form, "reason") }));
wire("justify", async form => {
  const reason = required(form, "reason", say("required"));
  const weeks = new Map<string, string[]>();
  for (const box of all<HTMLInputElement>("[name=day]:checked", form)) {
    const week = box.dataset["week"] ?? "";
    weeks.set(week, [...weeks.get(week) ?? [], box.value]);
  }

  if (weeks.size === 0) {
    throw new Refusal(say("choose-day"));
  }

  for (const [week, days] of weeks) {
    await call(`weeks/${week}/justified`, { days, reason });
  }
});
wire("paper", async form => {
  const scan = find<HTMLInputElement>("[name=scan]", form).files?.[0];
  if (!scan) {
    throw new Refusal(say("choose-scan"), "scan");
  }

  // A day left empty is not on the form.
  const days = all<HTMLInputElement>("[data-day]", form)
    .filter(day => day.value.trim() !== "")
    .map(day => ({ date: day.dataset["day"], minutes: minutesOf(day.value) }));
  const reason = required(form, "reason", say("required"));
  const stored = await send<{ scan: string }>(`${page.url}/scans`, {
    method: "POST",
    headers: { "Accept-Language": language, "Content-Type": "application/octet-stream" },
    body: scan,
  });
  if (!stored.ok) {
    throw new Refusal(stored.detail, "scan");
  }

  await call("paper", { days, reason, scan: stored.body.scan });
});
