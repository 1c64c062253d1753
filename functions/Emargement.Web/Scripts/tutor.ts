// The tutor's page: one button shows the pad, then signs what is ticked; a disagreement goes back to the learner.
import { post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { minutesOf } from "./parts/hours";
import { Pad } from "./parts/pad";
import { all, find, pageData, say } from "./parts/page";

const page = pageData<{ url: string; seen: Record<string, number> }>();
const validate = document.querySelector<HTMLFormElement>("#validate:has([data-submit])");

if (validate) {
  const signing = find("[data-signing]", validate);
  const button = find<HTMLButtonElement>("[data-submit]", validate);
  const pad = new Pad(find("[data-pad]", validate));
  onSubmit(validate, async () => {
    const boxes = all<HTMLInputElement>("input[name=week]", validate);
    const weeks = boxes.filter(box => box.checked).map(box => box.value);
    if (weeks.length === 0) {
      throw new Refusal(say("tutor-choose"));
    }

    if (signing.hidden) {
      signing.hidden = false;
      button.textContent = button.dataset["sign"] ?? "";
      signing.scrollIntoView({ block: "center" });
      return;
    }

    const decided = all("[data-decided]", validate).map(choice => ({
      date: choice.dataset["decided"],
      minutes: Number(find<HTMLInputElement>("input:checked", choice).value),
    }));
    const answer = await post(`${page.url}/validation`, { seen: page.seen, weeks, decided, ...pad.mark() });
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    location.reload();
  });
}

const dispute = document.querySelector<HTMLFormElement>("#dispute form");
if (dispute) {
  onSubmit(dispute, async () => {
    const minutes = minutesOf(required(dispute, "hours", say("tutor-hours")), "hours");
    const reason = required(dispute, "reason", say("tutor-reason"));
    const date = find<HTMLSelectElement>("select[name=day]", dispute).value;
    const answer = await post(`${page.url}/disagreements`, { seen: page.seen, days: [{ date, minutes, reason }] });
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    location.reload();
  });
}

document.querySelector("#renew")?.addEventListener("submit", async event => {
  event.preventDefault();
  const answer = await post(`${page.url}/renewal`);
  find("#renewed").textContent = answer.ok ? say("renewed") : answer.detail;
  find("#renew").hidden = answer.ok;
});
