import { post } from "./parts/api";
import { onSubmit, Refusal } from "./parts/form";
import { find, pageData, say } from "./parts/page";

const MIN_LENGTH = 12;
const page = pageData<{ url: string; organisation: string }>();
const form = document.querySelector<HTMLFormElement>("#activate");

if (form) {
  onSubmit(form, async () => {
    const password = find<HTMLInputElement>("[name=password]", form).value;
    if ([...password].length < MIN_LENGTH) {
      throw new Refusal(say("password-short"), "password");
    }

    const answer = await post(page.url, { password });
    if (!answer.ok) {
      throw new Refusal(answer.detail, "password");
    }

    location.assign(`/o/${page.organisation}`);
  });
}
