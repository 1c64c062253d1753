import { download, post } from "./parts/api";
import { wireDevices } from "./parts/devices";
import { chosenPassword, onSubmit, Refusal, required } from "./parts/form";
import { all, find, pageData, say } from "./parts/page";
import { makePasskey } from "./parts/passkeys";
import { showCodes } from "./parts/spare-codes";

const page = pageData<{ url: string; then: string; hasSecondStep: boolean }>();
const form = find<HTMLFormElement>("#change");
const data = document.querySelector<HTMLFormElement>("#data");

wireDevices(`${page.url}/devices`, () => location.assign(page.then));

if (data) {
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
}

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

/** Asks, before a factor changes, for the password and a code. */
async function confirmed<T>(id: string, path: string): Promise<T> {
  const asked = find<HTMLFormElement>(`#${id}-form`);
  const password = find<HTMLInputElement>(`[name=${id}-password]`, asked).value;
  if (!password) {
    throw new Refusal(say("required-password"), `${id}-password`);
  }

  const code = required(asked, `${id}-code`, say("required-code"));
  const answer = await post<T>(`${page.url}/${path}`, { password, code });
  if (!answer.ok) {
    throw new Refusal(answer.detail, answer.code.startsWith("sign-in") ? `${id}-password` : `${id}-code`);
  }

  return answer.body;
}

if (page.hasSecondStep) {
  onSubmit(find<HTMLFormElement>("#renew-form"), async () => {
    const { codes } = await confirmed<{ codes: string[] }>("renew", "second-step/spare-codes");
    showCodes(codes, () => location.reload());
  });

  onSubmit(find<HTMLFormElement>("#remove-form"), async () => {
    await confirmed("remove", "second-step/removal");
    location.assign(page.then);
  });

  onSubmit(find<HTMLFormElement>("#passkey-form"), async () => {
    const nickname = required(find<HTMLFormElement>("#passkey-form"), "passkey-name", say("required"));
    const { options } = await confirmed<{ options: string }>("passkey", "passkeys/offer");
    const answer = await post(`${page.url}/passkeys`, { nickname, credential: await makePasskey(options) });
    if (!answer.ok) {
      throw new Refusal(answer.detail, "passkey-name");
    }

    location.reload();
  });

  for (const passkey of all("[data-passkey]")) {
    onSubmit(find<HTMLFormElement>("form", passkey), async () => {
      await confirmed(passkey.id, `passkeys/${passkey.dataset["passkey"]}/removal`);
      location.reload();
    });
  }
}
