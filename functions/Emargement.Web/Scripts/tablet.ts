// The handed-round device: pick a name, sign, next person. Nothing else can be reached until the trainer's password gives it back.
import { post } from "./parts/api";
import { wireGiveBack } from "./parts/give-back";
import { all, find, pageData } from "./parts/page";
import { type Presence, Steps } from "./parts/steps";

const page = pageData<{ organisation: string; session: string; zone: string; chosen?: string }>();
const steps = new Steps(page.organisation, page.zone);
const choose = find("#choose");
const error = find("#error");
let current: HTMLElement | undefined;

async function pick(button: HTMLElement): Promise<void> {
  error.textContent = "";
  const proof = { kind: "tablet", learner: button.dataset["learner"] };
  const answer = await post<Presence>(`/api/organisations/${page.organisation}/presence`, { session: page.session, proof });
  if (!answer.ok) {
    error.textContent = answer.detail;
    return;
  }

  current = button;
  choose.hidden = true;
  steps.show(answer.body);
}

function backToNames(): void {
  steps.reset();
  choose.hidden = false;
  find("#choose-title").focus();
}

for (const button of all("[data-learner]", choose)) {
  button.addEventListener("click", () => void pick(button));
}

const again = find("[data-again]");
again.hidden = false;
again.addEventListener("click", backToNames);
find("#next").addEventListener("click", backToNames);
document.addEventListener("signed", () => {
  current?.closest("li")?.remove();
  find("#everyone").hidden = all("[data-learner]", choose).length > 0;
});

wireGiveBack(
  `/api/organisations/${page.organisation}/sessions/${page.session}/tablet/leave`,
  `/o/${page.organisation}/sessions/${page.session}`);

const chosen = all("[data-learner]", choose).find(button => button.dataset["learner"] === page.chosen);
if (chosen) {
  void pick(chosen);
}
