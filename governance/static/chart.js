// Draws each figure of the page from the JSON beside it. The same numbers stand in a table, so nothing is lost without this.
for (const box of document.querySelectorAll("[data-chart]")) {
  const figure = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  await Plotly.newPlot(box, figure.data, figure.layout, { showSendToCloud: false, displayModeBar: false, responsive: true });
  box.dataset.drawn = "yes";
}
