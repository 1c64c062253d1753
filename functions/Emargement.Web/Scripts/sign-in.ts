import { post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { find, pageData, say } from "./parts/page";
import { areKnown, usePasskey } from "./parts/passkeys";

const page = pageData<{ url: string; passkey: string; pages: string; home: string; returnTo?: string }>();
const form = find<HTMLFormElement>("#sign-in");

onSubmit(form, async () => {
  const login = required(form, "login", say("required-login"));
  const password = find<HTMLInputElement>("[name=password]", form).value;
  if (!password) {
    throw new Refusal(say("required-password"), "password");
  }

  const staySignedIn = form.querySelector<HTMLInputElement>("[name=staySignedIn]")?.checked ?? false;
  const answer = await post<{ kind: string; next?: string }>(page.url, { login, password, staySignedIn });
  if (!answer.ok) {
    throw new Refusal(answer.detail, "password");
  }

  const then = page.returnTo ?? `${page.pages}/${answer.body.kind === "learner" ? "sign" : page.home}`;
  location.assign(answer.body.next ? `${page.pages}/second-step?back=${encodeURIComponent(then)}` : then);
});

find("#passkey").hidden = !areKnown;
find("#passkey-sign-in").addEventListener("click", async () => {
  const error = find("#passkey-error");
  error.textContent = "";
  try {
    const answer = await post(page.passkey, { credential: await usePasskey(page.passkey) });
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    location.assign(page.returnTo ?? `${page.pages}/${page.home}`);
  } catch (reason) {
    if (!(reason instanceof Refusal)) {
      throw reason;
    }

    error.textContent = reason.message;
  }
});
