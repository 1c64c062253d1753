import { post } from "./parts/api";
import { chosenPassword, onSubmit, Refusal } from "./parts/form";
import { pageData } from "./parts/page";

const page = pageData<{ url: string; pages: string }>();
const form = document.querySelector<HTMLFormElement>("#activate");

if (form) {
  onSubmit(form, async () => {
    const answer = await post(page.url, { password: chosenPassword(form) });
    if (!answer.ok) {
      throw new Refusal(answer.detail, "password");
    }

    location.assign(page.pages);
  });
}
