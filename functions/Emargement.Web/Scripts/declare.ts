// The learner's week: times or an absence for each day, then one signature for all of them.
import { post } from "./parts/api";
import { onSubmit, Refusal } from "./parts/form";
import { Pad } from "./parts/pad";
import { all, find, pageData, say } from "./parts/page";

const page = pageData<{ url: string }>();
const form = find<HTMLFormElement>("#declare");

function value(day: HTMLElement, name: string): string {
  return find<HTMLInputElement>(`[name=${name}]`, day).value.trim();
}

function read(day: HTMLElement): object | undefined {
  const date = day.dataset["day"];
  if (find<HTMLInputElement>("[name=absent]", day).checked) {
    return { date, absence: value(day, "reason") };
  }

  const [start, end] = [value(day, "start"), value(day, "end")];
  if (!start && !end) {
    return undefined;
  }

  const holiday = day.querySelector<HTMLInputElement>("[name=holiday]");
  return { date, start: start.slice(0, 5), end: end.slice(0, 5), breakMinutes: Number(value(day, "break")) || 0, holidayConfirmed: holiday?.checked ?? false };
}

for (const absent of all<HTMLInputElement>("[name=absent]", form)) {
  absent.addEventListener("change", () => {
    const day = absent.closest<HTMLElement>("[data-day]");
    if (day) {
      find("[data-reason]", day).hidden = !absent.checked;
    }
  });
}

if (form.querySelector("[data-pad]")) {
  const pad = new Pad(find("[data-pad]", form));
  onSubmit(form, async () => {
    const days = all("[data-day]", form).map(read).filter(day => day !== undefined);
    if (days.length === 0) {
      throw new Refusal(say("declare-nothing"));
    }

    const answer = await post(`${page.url}/declaration`, { days, ...pad.mark() });
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    find("[data-done]", form).textContent = say("declared");
    pad.reset();
  });
}

for (const button of all<HTMLButtonElement>("[data-maintain]")) {
  button.addEventListener("click", async () => {
    const answer = await post(`${page.url}/maintained`, { days: [button.dataset["maintain"]] });
    if (answer.ok) {
      location.reload();
    } else {
      find("[data-error]", form).textContent = answer.detail;
    }
  });
}
