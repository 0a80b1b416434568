// The county map as d3's own choropleth example draws it, with the same scores as ours.
Promise.all([d3.json("counties-albers-10m.json"), d3.json("scores.json")]).then(([us, data]) => {
  const colour = d3.scaleOrdinal(d3.range(8), d3.schemeYlGnBu[8]).unknown("#ddd");
  const path = d3.geoPath(); // the file is already projected
  const svg = d3.select("svg");
  svg
    .append("g")
    .selectAll("path")
    .data(topojson.feature(us, us.objects.counties).features)
    .join("path")
    .attr("fill", (county) => colour(data.scores[county.id] ?? data.partial[county.id]))
    .attr("d", path)
    .append("title")
    .text((county) => `${county.properties.name}: ${data.scores[county.id] ?? "not known"}`);
  svg
    .append("path")
    .datum(topojson.mesh(us, us.objects.states, (a, b) => a !== b))
    .attr("fill", "none")
    .attr("stroke", "white")
    .attr("d", path);
});
