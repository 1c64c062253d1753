// The learner's home: the code on the screen, a personal token, or a session at a distance; then the same three steps.
import { post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { all, find, pageData, say } from "./parts/page";
import { type Presence, Steps } from "./parts/steps";

const page = pageData<{ organisation: string; zone: string }>();
const steps = new Steps(page.organisation, page.zone);

async function prove(body: unknown, field?: string): Promise<void> {
  const answer = await post<Presence>(`/api/organisations/${page.organisation}/presence`, body);
  if (!answer.ok) {
    throw new Refusal(answer.detail, field);
  }

  find("#home").hidden = true;
  steps.show(answer.body);
}

for (const form of all<HTMLFormElement>("form#code")) {
  onSubmit(form, () => prove({ proof: { kind: "code", value: required(form, "value", say("required-code")) } }, "value"));
}

for (const form of all<HTMLFormElement>("form#token")) {
  onSubmit(form, async () => {
    const login = form.querySelector("[name=login]") ? required(form, "login", say("required-login")) : undefined;
    const value = required(form, "value", say("required-code"));
    await prove({ proof: { kind: "token", value, ...(login ? { login } : {}) }, sign: true }, "value");
  });
}

for (const form of all<HTMLFormElement>("form[data-remote]")) {
  onSubmit(form, () => prove({ session: form.dataset["remote"], proof: { kind: "remote" } }));
}
