// The form for a new placement: the enrolment fills in what the planning knows of the company.
import { post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { minutesOf } from "./parts/hours";
import { all, find, pageData, say } from "./parts/page";

const page = pageData<{ url: string; page: string; learner?: string }>();
const form = document.querySelector<HTMLFormElement>("#create");

if (form) {
  const enrolment = find<HTMLSelectElement>("#enrolment", form);
  enrolment.addEventListener("change", () => {
    const chosen = enrolment.selectedOptions[0];
    for (const name of ["company", "tutor", "email"]) {
      find<HTMLInputElement>(`[name=${name}]`, form).value = chosen?.dataset[name] ?? "";
    }
  });

  onSubmit(form, async () => {
    const need = (name: string): string => required(form, name, say("required"));
    const company = need("company");
    const name = need("tutor");
    const email = find<HTMLInputElement>("[name=email]", form).value.trim();
    const body = {
      learner: page.learner,
      training: enrolment.value,
      group: enrolment.selectedOptions[0]?.dataset["group"],
      company,
      tutors: [email ? { name, email } : { name }],
      firstDay: need("firstDay"),
      lastDay: need("lastDay"),
      minutesADay: minutesOf(need("hours"), "hours"),
      workDays: all<HTMLInputElement>("[name=workDay]:checked", form).map(day => day.value),
    };
    const answer = await post<{ id: string }>(page.url, body);
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    location.assign(page.page + answer.body.id);
  });
}
