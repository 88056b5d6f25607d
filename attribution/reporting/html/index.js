// Sorts the table by the column whose head is pressed; pressed again, the other way round.
document.addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector(".drafts");
  const body = table.tBodies[0];
  const valueIn = (row, column) => row.cells[column].dataset.value;
  for (const button of table.querySelectorAll("thead button")) {
    const head = button.parentElement;
    button.addEventListener("click", () => {
      const text = button.dataset.sort === "text";
      const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      const column = head.cellIndex;
      const rows = [...body.rows].sort((one, other) => {
        const left = valueIn(one, column), right = valueIn(other, column);
        return sign * (text ? left.localeCompare(right, "en", { numeric: true }) : left - right);
      });
      body.append(...rows);
      document.getElementById("status").textContent = `Sorted by ${button.textContent}, ${order}`;
    });
  }
});
