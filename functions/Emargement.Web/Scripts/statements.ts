// The signature of whoever signs certificates. All else on the page is done by its forms.
import { post } from "./parts/api";
import { onSubmit, Refusal } from "./parts/form";
import { Pad } from "./parts/pad";
import { find, pageData } from "./parts/page";

const page = pageData<{ url: string; done: string }>();
const form = document.querySelector<HTMLFormElement>("#mark");
if (form) {
  const pad = new Pad(find("[data-pad]", form));
  onSubmit(form, async () => {
    const answer = await post(page.url, pad.mark());
    if (!answer.ok) {
      throw new Refusal(answer.detail);
    }

    location.assign(page.done);
  });
}
