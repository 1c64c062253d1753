import { post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { find, pageData, say } from "./parts/page";

const page = pageData<{ url: string }>();
const form = find<HTMLFormElement>("#recover");

onSubmit(form, async () => {
  const answer = await post(page.url, { login: required(form, "login", say("required-login")) });
  if (!answer.ok) {
    throw new Refusal(answer.detail, "login");
  }

  const sent = find("#sent");
  [form.hidden, sent.hidden] = [true, false];
  sent.focus();
});
