// A device that was handed over: nothing else can be reached until the password of whoever handed it over gives it back.
import { post } from "./api";
import { dialog, onSubmit, Refusal } from "./form";
import { find, say } from "./page";

/** @param url Where the password goes. @param then The page to go back to. */
export function wireGiveBack(url: string, then: string): void {
  const leave = dialog("leave");
  find("#give-back").addEventListener("click", () => leave.dialog.showModal());
  onSubmit(leave.form, async () => {
    const password = find<HTMLInputElement>("[name=password]", leave.form).value;
    if (!password) {
      throw new Refusal(say("required-password"), "password");
    }

    const answer = await post(url, { password });
    if (!answer.ok) {
      throw new Refusal(answer.detail, "password");
    }

    location.assign(then);
  });
}
