// Enhancements of our own. Every page is complete without them.

const PAUSE = 4000;
const NARROW = window.matchMedia("(max-width: 40.0525em)");

/** At a desk the filter is shown open by the style sheet until it can be folded by hand; on a phone it starts closed. */
function foldFilters() {
  for (const filter of document.querySelectorAll("details[data-tl-filter]")) {
    filter.open = !NARROW.matches;
    filter.dataset.tlFilter = "folds";
  }
}

/** Long lists become a box that searches as you type. */
function searchLongLists() {
  if (!window.accessibleAutocomplete) return;
  for (const select of document.querySelectorAll("select[data-autocomplete]")) {
    const id = select.id;
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.selectedOptions[0].text : "",
      preserveNullOptions: true,
      showAllValues: true,
      displayMenu: "overlay",
    });
    sendOnlyWhatIsShown(document.getElementById(id), select);
  }
}

/** Words that were cleared or changed must not leave an earlier choice behind, unseen. */
function sendOnlyWhatIsShown(box, select) {
  box.addEventListener("input", () => {
    const words = box.value.trim();
    const option = [...select.options].find((each) => each.text === words);
    select.value = words && option ? option.value : "";
  });
}

/** Long work: fetch its part of the page again until it says that it has finished. */
async function follow(part) {
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  try {
    const answer = await fetch(part.dataset.tlProgress, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.getElementById(part.id);
    if (!fresh) return;
    part.replaceWith(fresh);
    if (!fresh.dataset.tlFinished) follow(fresh);
  } catch {
    // The "Check again" link is still there.
  }
}

/** Of several chosen files: each by name and size, and before sending which of them is too large. */
function listChosenFiles(wrapper) {
  const box = wrapper.querySelector("input[type=file]");
  // An unseen comma in the button's name would keep whoever speaks its words to the computer from pressing it.
  const comma = wrapper.querySelector("button > .govuk-visually-hidden");
  if (comma) comma.replaceWith(" ");
  const list = document.createElement("ul");
  list.className = "govuk-list tl-chosen";
  list.setAttribute("aria-live", "polite");
  wrapper.after(list);
  box.addEventListener("change", () => {
    const lines = [...box.files].map((file) => {
      const line = document.createElement("li");
      const size = `${Math.max(file.size / 1e6, 0.1).toFixed(1)} MB`;
      const large = file.size > Number(wrapper.dataset.tlFiles);
      line.textContent = large ? `${file.name}, ${size}: ${wrapper.dataset.tlTooLarge}` : `${file.name}, ${size}`;
      line.className = large ? "govuk-error-message" : "";
      return line;
    });
    list.replaceChildren(...lines);
  });
}

foldFilters();
searchLongLists();
document.querySelectorAll("[data-tl-files]").forEach(listChosenFiles);
for (const part of document.querySelectorAll("[data-tl-progress]:not([data-tl-finished])")) {
  follow(part);
}
