import { post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { find, pageData, say } from "./parts/page";
import { showCodes } from "./parts/spare-codes";

const page = pageData<{ url: string; offer: string; then: string }>();
const form = find<HTMLFormElement>("#enrol");

onSubmit(form, async () => {
  const password = form.querySelector<HTMLInputElement>("[name=password]")?.value;
  if (password === "") {
    throw new Refusal(say("required-password"), "password");
  }

  const body = { offer: page.offer, code: required(form, "code", say("required-code")), password };
  const answer = await post<{ codes: string[] }>(page.url, body);
  if (!answer.ok) {
    throw new Refusal(answer.detail, answer.code.startsWith("sign-in") ? "password" : "code");
  }

  form.hidden = true;
  showCodes(answer.body.codes, () => location.assign(page.then));
});
