/* Finds the values of a chart and where each is drawn, from what the chart already says: the
   titles of its marks, or the texts of a chart that is being explored. chart_walk.js walks them. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const BIG = 24;

  // Our own words take the place of the browser's, which a keyboard and a finger do not get.
  function takeTitles(svg) {
    const own = svg.querySelector(":scope > title");
    if (own) {
      svg.setAttribute("aria-label", own.textContent);
      svg.removeAttribute("aria-labelledby");
      own.remove();
    }
    for (const title of svg.querySelectorAll("title")) {
      title.parentNode.dataset.words = title.textContent;
      title.remove();
    }
  }

  function drawing(box) {
    return Array.from(box.querySelectorAll("svg.chart")).find(
      (svg) => svg.getBoundingClientRect().width > 0
    );
  }

  function middle(element) {
    const room = element.getBBox();
    return [room.x + room.width / 2, room.y + room.height / 2];
  }

  function marksOf(svg) {
    const marks = [];
    for (const element of svg.querySelectorAll("[data-words]")) {
      const of = element.closest("[data-area], [data-reference]");
      const names = element.dataset.gap || (of && (of.dataset.area || of.dataset.reference)) || "";
      const [x, y] = middle(element);
      for (const series of names.split(" ")) {
        const reference = Boolean(element.closest("[data-reference]"));
        marks.push({ series, x, y, words: element.dataset.words, element, reference });
      }
    }
    return marks;
  }

  // The narrow map refers to the outlines of the wide one, which hold the values.
  function mapMarks(box) {
    return Array.from(box.querySelectorAll(".chart-map [data-area][data-words]"), (element) => {
      const [x, y] = middle(element);
      const series = element.closest("[id$='-outlined']") ? "outlined" : "usual";
      return { series, x, y, words: element.dataset.words, element };
    });
  }

  // Texts of a chart that is explored are written for Plotly, which reads some HTML.
  function plain(words) {
    return new DOMParser().parseFromString(words, "text/html").documentElement.textContent;
  }

  function plotlyMarks(graph) {
    const marks = [];
    (graph.data || []).forEach((trace, curveNumber) => {
      const texts = Array.isArray(trace.hovertext) ? trace.hovertext : [];
      texts.forEach((words, pointNumber) => {
        const [x, y] = [trace.x[pointNumber], trace.y[pointNumber]];
        if (!words || x === null || y === null) return;
        marks.push({
          series: String(curveNumber),
          x: typeof x === "number" ? x : Date.parse(x) || pointNumber,
          // Down the screen, as in a drawing.
          y: graph.classList.contains("rows") ? y : -y,
          words: plain(words),
          point: { curveNumber, pointNumber },
        });
      });
    });
    return marks;
  }

  // Series from the top down, each in the order in which it is read. Where no area has more than
  // one value, the places are one series.
  function inOrder(marks, across, byName) {
    const found = new Map();
    for (const mark of marks) {
      if (!found.has(mark.series)) found.set(mark.series, []);
      found.get(mark.series).push(mark);
    }
    let series = Array.from(found.values());
    const single = series.every((one) => one.length === 1);
    if (single) series = series.length ? [series.flat()] : [];
    const order = byName
      ? (a, b) => a.words.localeCompare(b.words)
      : single && !across
        ? (a, b) => Boolean(a.reference) - Boolean(b.reference) || a.y - b.y
        : (a, b) => a.x - b.x;
    for (const one of series) one.sort(order);
    if (!byName) series.sort((a, b) => a[a.length - 1].y - b[b.length - 1].y);
    else series.sort((a) => (a[0].series === "outlined" ? -1 : 1));
    return { series, overTime: !single && !byName };
  }

  // The values of the chart in a box: series of marks, and whether they run through periods.
  function read(box) {
    if (box.matches(".js-plotly-plot")) {
      const rows = box.layout && box.layout.yaxis && box.layout.yaxis.range;
      box.classList.toggle("rows", Boolean(rows && rows[0] > rows[1]));
      return inOrder(plotlyMarks(box), false, false);
    }
    const svg = drawing(box);
    if (!svg) return { series: [], overTime: false };
    if (svg.matches(".chart-map")) return inOrder(mapMarks(box), false, true);
    return inOrder(marksOf(svg), svg.matches(".chart-overview"), false);
  }

  function outline(element, parent) {
    const room = element.getBBox();
    const big = room.width > BIG || room.height > BIG;
    const shape = document.createElementNS(SVG, big ? "rect" : "circle");
    const places = big
      ? { x: room.x - 3, y: room.y - 3, width: room.width + 6, height: room.height + 6 }
      : { cx: room.x + room.width / 2, cy: room.y + room.height / 2, r: 10 };
    for (const [name, value] of Object.entries(places)) shape.setAttribute(name, value);
    return both(shape, parent);
  }

  // A dark line on a light one is seen on whatever lies under it.
  function both(shape, parent) {
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("class", "walk-mark");
    const under = shape.cloneNode();
    under.setAttribute("class", "walk-under");
    shape.setAttribute("class", "walk-over");
    group.append(under, shape);
    parent.append(group);
    return shape;
  }

  // Shows a value as the one that is read; where it is then, on the screen.
  function show(box, mark) {
    clear(box);
    if (mark.point) {
      window.Plotly.Fx.hover(box, [mark.point]);
      return null;
    }
    const svg = drawing(box);
    if (!svg) return null;
    if (!svg.matches(".chart-map")) return outline(mark.element, svg);
    let first = null;
    for (const view of svg.querySelectorAll("svg")) {
      const part = view.viewBox.baseVal;
      const inside =
        mark.x >= part.x && mark.x <= part.x + part.width &&
        mark.y >= part.y && mark.y <= part.y + part.height;
      if (!inside) continue;
      const shape = document.createElementNS(SVG, "path");
      shape.setAttribute("d", mark.element.getAttribute("d"));
      first = first || both(shape, view);
      if (first !== shape) both(shape, view);
    }
    return first;
  }

  function clear(box) {
    for (const drawn of box.querySelectorAll(".walk-mark")) drawn.remove();
    if (box.matches(".js-plotly-plot") && window.Plotly && box.layout) window.Plotly.Fx.unhover(box);
  }

  // The mark under a point of the screen, or the nearest one within reach.
  function at(box, found, clientX, clientY, reach) {
    const svg = drawing(box);
    if (!svg) return null;
    const marks = found.series.flat();
    const views = svg.matches(".chart-map") ? Array.from(svg.querySelectorAll("svg")) : [svg];
    for (const view of views.reverse()) {
      const room = view.getBoundingClientRect();
      const within =
        clientX >= room.left && clientX <= room.right && clientY >= room.top && clientY <= room.bottom;
      const matrix = view.getScreenCTM();
      if (!matrix || (view !== svg && !within)) continue;
      const point = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
      const hit = marks.find(({ element }) => {
        if (!element.isPointInFill) return false;
        const part = element.getBBox();
        const near =
          point.x >= part.x && point.x <= part.x + part.width &&
          point.y >= part.y && point.y <= part.y + part.height;
        return near && element.isPointInFill(point);
      });
      if (hit) return hit;
      let [best, least] = [null, reach / matrix.a];
      for (const mark of marks) {
        const away = Math.hypot(mark.x - point.x, mark.y - point.y);
        if (away < least) [best, least] = [mark, away];
      }
      if (best) return best;
    }
    return null;
  }

  window.chartValues = { takeTitles, read, show, clear, at };
})();
