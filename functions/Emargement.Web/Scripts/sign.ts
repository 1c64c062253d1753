// The page that a QR code or a personal link opens: the ticket is already in it, one POST signs.
import { post } from "./parts/api";
import { find, pageData, say } from "./parts/page";
import { Steps } from "./parts/steps";

const page = pageData<{ organisation: string; zone: string; ticket?: string; drawing: "wanted" | "none"; renewUrl?: string }>();

if (page.ticket) {
  new Steps(page.organisation, page.zone).ready(page.ticket, page.drawing === "wanted");
}

document.querySelector("#renew")?.addEventListener("submit", async event => {
  event.preventDefault();
  const answer = await post(page.renewUrl ?? "");
  find("#renewed").textContent = answer.ok ? say("renewed") : answer.detail;
  if (answer.ok) {
    find("#renew").hidden = true;
  }
});
