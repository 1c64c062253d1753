// The learner's week: times, or hours alone, or an absence for each day, then one signature for all of them.
import { post } from "./parts/api";
import { onSubmit, Refusal } from "./parts/form";
import { wireGiveBack } from "./parts/give-back";
import { minutesOf, parseHours, written } from "./parts/hours";
import { Pad } from "./parts/pad";
import { all, find, pageData, say } from "./parts/page";

const page = pageData<{ url: string; placement: string }>();
const form = find<HTMLFormElement>("#declare");
const days = all("[data-day]", form);

function input(day: HTMLElement, name: string): HTMLInputElement {
  return find<HTMLInputElement>(`[data-field=${name}]`, day);
}

function value(day: HTMLElement, name: string): string {
  return input(day, name).value.trim();
}

function alone(): boolean {
  return form.querySelector<HTMLInputElement>("[name=how]:checked")?.value === "alone";
}

/** Minutes worked as typed so far; undefined when the day says nothing yet. */
function minutes(day: HTMLElement): number | undefined {
  if (input(day, "absent").checked) {
    return 0;
  }

  if (alone()) {
    return parseHours(value(day, "hours"));
  }

  const [start, end] = [value(day, "start"), value(day, "end")].map(time => parseHours(time.slice(0, 5)));
  return start === undefined || end === undefined ? undefined : ((end - start + 1440) % 1440) - (Number(value(day, "break")) || 0);
}

function read(day: HTMLElement): object | undefined {
  const date = day.dataset["day"];
  if (input(day, "absent").checked) {
    const absence = value(day, "reason");
    if (!absence) {
      input(day, "reason").focus();
      throw new Refusal(say("absence-reason"));
    }

    return { date, absence };
  }

  const holidayConfirmed = day.querySelector<HTMLInputElement>("[data-field=holiday]")?.checked ?? false;
  if (alone()) {
    const hours = value(day, "hours");
    return hours ? { date, minutes: minutesOf(hours), holidayConfirmed } : undefined;
  }

  const [start, end] = [value(day, "start"), value(day, "end")];
  const breakMinutes = Number(value(day, "break")) || 0;
  return start || end ? { date, start: start.slice(0, 5), end: end.slice(0, 5), breakMinutes, holidayConfirmed } : undefined;
}

function total(): string {
  return written(days.reduce((sum, day) => sum + Math.max(0, minutes(day) ?? 0), 0));
}

function refresh(): void {
  const shown = form.querySelector("[data-total]");
  if (shown) {
    shown.textContent = total();
  }
}

form.addEventListener("input", refresh);

// The first day that says something, on every day that says nothing: most weeks are five times the same day.
form.querySelector("[data-copy]")?.addEventListener("click", () => {
  const open = days.filter(day => !day.closest("details"));
  const first = open.find(day => !input(day, "absent").checked && minutes(day));
  for (const day of first ? open : []) {
    if (minutes(day) === undefined && first) {
      for (const name of ["start", "end", "break", "hours"]) {
        input(day, name).value = input(first, name).value;
      }
    }
  }

  find("[data-error]", form).textContent = first ? "" : say("declare-first");
  refresh();
});

if (form.querySelector("[data-pad]")) {
  const pad = new Pad(find("[data-pad]", form));
  onSubmit(form, async () => {
    const declared = days.map(read).filter(day => day !== undefined);
    if (declared.length === 0) {
      throw new Refusal(say("declare-nothing"));
    }

    const answer = await post(`${page.url}/declaration`, { days: declared, ...pad.mark() });
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    const done = find("#done");
    find("[data-done-total]", done).textContent = total();
    form.hidden = true;
    done.hidden = false;
    done.focus();
  });
}

for (const maintained of all<HTMLFormElement>("[data-maintain]")) {
  onSubmit(maintained, async () => {
    const comment = find<HTMLInputElement>("[name=comment]", maintained).value.trim();
    const answer = await post(`${page.url}/maintained`, { days: [maintained.dataset["maintain"]], ...(comment ? { comment } : {}) });
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    location.assign(`?week=${find<HTMLInputElement>("[name=week]", maintained).value}&done=maintained`);
  });
}

// What was typed before this script came, or kept by the browser over a reload, counts too.
refresh();

if (document.querySelector("#give-back")) {
  wireGiveBack(`${page.url}/device/leave`, page.placement);
}
