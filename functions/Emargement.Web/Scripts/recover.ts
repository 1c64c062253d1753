import { post } from "./parts/api";
import { chosenPassword, onSubmit, Refusal, required } from "./parts/form";
import { find, pageData, say } from "./parts/page";

const page = pageData<{ url: string; codes: string }>();
const form = find<HTMLFormElement>("#recover");
const byCode = find<HTMLFormElement>("#by-code");
const code = find<HTMLDetailsElement>("#code");

function done(shown: string): void {
  form.hidden = true;
  code.hidden = true;
  const words = find(shown);
  words.hidden = false;
  words.focus();
}

// A slip of paper leads here.
if (location.hash === "#code") {
  code.open = true;
}

onSubmit(form, async () => {
  const answer = await post(page.url, { login: required(form, "login", say("required-login")) });
  if (!answer.ok) {
    throw new Refusal(answer.detail, "login");
  }

  done("#sent");
});

onSubmit(byCode, async () => {
  const login = required(byCode, "reference", say("required-login"));
  const printed = required(byCode, "printed", say("required-code"));
  const answer = await post(page.codes, { login, code: printed, password: chosenPassword(byCode) });
  if (!answer.ok) {
    throw new Refusal(answer.detail, answer.code.startsWith("password-") ? "password" : "printed");
  }

  done("#chosen");
});
