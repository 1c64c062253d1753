import { post } from "./parts/api";
import { onSubmit, Refusal, required } from "./parts/form";
import { find, pageData, say } from "./parts/page";

const page = pageData<{ url: string; then: string }>();
const form = find<HTMLFormElement>("#second-step");

onSubmit(form, async () => {
  const answer = await post(page.url, { code: required(form, "code", say("required-code")) });
  if (!answer.ok) {
    throw new Refusal(answer.detail, "code");
  }

  location.assign(page.then);
});
