/* What another program's reader makes of an export, as JSON: node read.js graphml|gexf|cyjs FILE
 * {"directed": …, "nodes": {id: attributes}, "edges": [[source, target, id, attributes]]}; check.py compares it. */
'use strict';
const fs = require('fs');

function graphology(parse, text) {
  const graph = parse(require('graphology'), text), nodes = {}, edges = [];
  graph.forEachNode((id, attributes) => { nodes[id] = attributes; });
  graph.forEachEdge((id, attributes, source, target) => { edges.push([source, target, id, attributes]); });
  return { directed: graph.type === 'directed', nodes, edges };
}
function cytoscape(file) {
  const cy = require('cytoscape')({ headless: true, elements: file.elements, layout: { name: 'preset' } });
  const nodes = {};
  cy.nodes().forEach(n => { nodes[n.id()] = Object.assign({}, n.data(), n.position()); });
  return { directed: true, nodes, edges: cy.edges().map(e => [e.source().id(), e.target().id(), e.id(), e.data()]) };
}
const READERS = {
  graphml: text => graphology(require('graphology-graphml').parse, text),
  gexf: text => graphology(require('graphology-gexf').parse, text),
  cyjs: text => cytoscape(JSON.parse(text)),
};
console.log(JSON.stringify(READERS[process.argv[2]](fs.readFileSync(process.argv[3], 'utf8'))));
