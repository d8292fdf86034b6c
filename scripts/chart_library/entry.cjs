// Scatter is part of Plotly's core; lines, ribbons, points and strips are all drawn with it.
module.exports = require("plotly.js/lib/core");
