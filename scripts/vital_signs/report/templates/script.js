(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  const rows = [...document.querySelectorAll("#summary-table tr[data-ref]")];
  const heads = [...document.querySelectorAll("#summary-table tr.sec")];
  const said = form.querySelector("output");
  const apply = () => {
    const section = form.elements.section.value;
    const rag = form.elements.rag ? form.elements.rag.value : "";
    const worse = form.elements.worse.checked;
    let shown = 0;
    const kept = new Set();
    for (const row of rows) {
      const fits =
        (!section || row.dataset.section === section) &&
        (!rag || (rag === "any" ? row.dataset.rag !== "" : row.dataset.rag === rag)) &&
        (!worse || row.dataset.travel === "worsened");
      row.hidden = !fits;
      if (fits) {
        shown += 1;
        kept.add(row.dataset.section);
      }
    }
    for (const head of heads) head.hidden = !kept.has(head.dataset.section);
    said.textContent = `Showing ${shown} of ${rows.length} indicators`;
  };
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  apply();
})();
