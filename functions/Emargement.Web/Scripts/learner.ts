// The learner's home: the code on the screen, a personal token, or a session at a distance; then the same three steps.
import { type Answer, post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { all, find, pageData, say } from "./parts/page";
import { type Presence, Steps } from "./parts/steps";

const page = pageData<{ organisation: string; zone: string; open: string | null }>();
const steps = new Steps(page.organisation, page.zone);

// Named, it need not be looked for. Once only: a page that was left open may name one that is over, or not know the next.
let open = page.open;

function ask(body: unknown): Promise<Answer<Presence>> {
  return post<Presence>(`/api/organisations/${page.organisation}/presence`, body);
}

async function askWithCode(value: string): Promise<Answer<Presence>> {
  const proof = { kind: "code", value };
  const session = open;
  open = null;
  const answer = session ? await ask({ session, proof }) : await ask({ proof });
  return session && !answer.ok && answer.status === 409 ? ask({ proof }) : answer;
}

async function show(asked: Promise<Answer<Presence>>, field?: string): Promise<void> {
  const answer = await asked;
  if (!answer.ok) {
    throw new Refusal(answer.detail, field);
  }

  find("#home").hidden = true;
  steps.show(answer.body);
}

for (const form of all<HTMLFormElement>("form#code")) {
  onSubmit(form, () => show(askWithCode(required(form, "value", say("required-code"))), "value"));
}

for (const form of all<HTMLFormElement>("form#token")) {
  onSubmit(form, async () => {
    const login = form.querySelector("[name=login]") ? required(form, "login", say("required-login")) : undefined;
    const value = required(form, "value", say("required-code"));
    await show(ask({ proof: { kind: "token", value, ...(login ? { login } : {}) }, sign: true }), "value");
  });
}

for (const form of all<HTMLFormElement>("form[data-remote]")) {
  onSubmit(form, () => show(ask({ session: form.dataset["remote"], proof: { kind: "remote" } })));
}
