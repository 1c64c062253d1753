// Somebody's access, as a manager looks after it.
import { type Answer, download, post, send } from "./parts/api";
import { wireDevices } from "./parts/devices";
import { find, language, pageData, say } from "./parts/page";

const page = pageData<{ url: string }>();

wireDevices(`${page.url}/devices`, () => location.reload());

function on<T>(button: string, act: () => Promise<Answer<T>>, done: () => void): void {
  document.querySelector(button)?.addEventListener("click", async () => {
    const answer = await act();
    show("#refused", answer.ok ? "" : answer.detail);
    if (answer.ok) {
      done();
    }
  });
}

function show(line: string, words: string): void {
  find(line).textContent = words;
  find(line).hidden = words === "";
}

on("#send-link", () => post(`${page.url}/activation`, { send: true }), () => show("#told", say("access-sent")));
on("#print-code", () => download(`${page.url}/recovery-code`), () => show("#told", say("codes-printed")));
on("#take-data", () => download(`${page.url}/data`), () => show("#told", say("data-taken")));
on("#suspend", () => post(`${page.url}/suspension`), () => location.reload());
on(
  "#restore",
  () => send(`${page.url}/suspension`, { method: "DELETE", headers: { "Accept-Language": language } }),
  () => location.reload(),
);
