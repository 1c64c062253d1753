import { download, post } from "./parts/api";
import { wireDevices } from "./parts/devices";
import { chosenPassword, onSubmit, Refusal } from "./parts/form";
import { all, find, pageData, say } from "./parts/page";

const page = pageData<{ url: string; then: string }>();
const form = find<HTMLFormElement>("#change");
const data = find<HTMLFormElement>("#data");

wireDevices(`${page.url}/devices`, () => location.assign(page.then));

onSubmit(data, async () => {
  const { value: password } = find<HTMLInputElement>("[name=confirmed]", data);
  if (!password) {
    throw new Refusal(say("required-password"), "confirmed");
  }

  const answer = await download(`${page.url}/data`, { password });
  if (!answer.ok) {
    throw new Refusal(answer.detail, "confirmed");
  }

  data.reset();
});

onSubmit(form, async () => {
  const current = find<HTMLInputElement>("[name=current]", form).value;
  if (!current) {
    throw new Refusal(say("required-password"), "current");
  }

  const answer = await post(`${page.url}/password`, { current, password: chosenPassword(form) });
  if (!answer.ok) {
    throw new Refusal(answer.detail, answer.code === "sign-in-wrong" ? "current" : "password");
  }

  form.reset();
  all("[data-end]").forEach(other => other.closest("li")?.remove());
  find("#changed").textContent = say("password-changed");
});
