import { post } from "./parts/api";
import { wireDevices } from "./parts/devices";
import { chosenPassword, onSubmit, Refusal } from "./parts/form";
import { all, find, pageData, say } from "./parts/page";

const page = pageData<{ url: string; then: string }>();
const form = find<HTMLFormElement>("#change");

wireDevices(`${page.url}/devices`, () => location.assign(page.then));

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
