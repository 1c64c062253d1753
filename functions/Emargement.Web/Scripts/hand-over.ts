// The staff's view of a week: the device is handed over to the learner, who declares and signs on it.
import { post } from "./parts/api";
import { onSubmit, Refusal } from "./parts/form";
import { find, pageData } from "./parts/page";

const page = pageData<{ url: string }>();

onSubmit(find<HTMLFormElement>("#hand-over"), async () => {
  const answer = await post(`${page.url}/device`);
  if (!answer.ok) {
    throw new Refusal(answer.detail);
  }

  location.reload();
});
