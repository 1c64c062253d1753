import { post, send } from "./parts/api";
import { onSubmit, Refusal } from "./parts/form";
import { all, find, language, pageData, say } from "./parts/page";

const MIN_LENGTH = 12;
const page = pageData<{ url: string; then: string }>();
const form = find<HTMLFormElement>("#change");
const error = find("#devices-error");

async function end(url: string): Promise<boolean> {
  const answer = await send(url, { method: "DELETE", headers: { "Accept-Language": language } });
  error.textContent = answer.ok ? "" : answer.detail;
  return answer.ok;
}

for (const button of all<HTMLButtonElement>("[data-end]")) {
  button.addEventListener("click", async () => {
    if (await end(`${page.url}/devices/${button.dataset["end"]}`)) {
      button.closest("li")?.remove();
      find("#devices").focus();
    }
  });
}

find("#end-all").addEventListener("click", async () => {
  if (await end(`${page.url}/devices`)) {
    location.assign(page.then);
  }
});

onSubmit(form, async () => {
  const [current, password] = ["current", "password"].map(name => find<HTMLInputElement>(`[name=${name}]`, form).value);
  if (!current) {
    throw new Refusal(say("required-password"), "current");
  }

  if ([...(password ?? "")].length < MIN_LENGTH) {
    throw new Refusal(say("password-short"), "password");
  }

  const answer = await post(`${page.url}/password`, { current, password });
  if (!answer.ok) {
    throw new Refusal(answer.detail, answer.code === "sign-in-wrong" ? "current" : "password");
  }

  form.reset();
  all("[data-end]").forEach(other => other.closest("li")?.remove());
  find("#changed").textContent = say("password-changed");
});
