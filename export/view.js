/* The HTML view: a force layout on a canvas over the node-link JSON in #data. Every text of the graph comes into
 * the page through textContent or fillText: a name cannot become markup. */
'use strict';
(function () {
  const WORDS = {
    nl: { search: 'Zoek een naam  ( / )', fit: 'Alles in beeld', other: 'English', types: 'Soorten', relations: 'Relaties',
      years: 'Gezegd in', since: 'vanaf', until: 'tot en met', nodes: 'knopen', edges: 'verbanden', documents: 'documenten',
      key: 'Sleutel', aliases: 'Ook genoemd', dates: 'Genoemd', file: 'Bestand', degree: 'Verbanden', none: 'Niets gevonden',
      noSentence: 'Geen document zegt dit in een zin: het komt uit een register of een invoer.', shared: 'Gedeeld:',
      more: n => 'en nog ' + n, announced: 'aangekondigd', close: 'Sluiten', to: ' tot ', community: 'Groep',
      keys: '/ zoeken · Esc sluiten · pijlen: naar de buur in die richting, of schuiven · + − zoomen · 0 alles in beeld' },
    en: { search: 'Find a name  ( / )', fit: 'Show all', other: 'Nederlands', types: 'Types', relations: 'Relations',
      years: 'Said in', since: 'from', until: 'up to', nodes: 'nodes', edges: 'edges', documents: 'documents',
      key: 'Key', aliases: 'Also called', dates: 'Mentioned', file: 'File', degree: 'Edges', none: 'Nothing found',
      noSentence: 'No document says this in a sentence: it comes from a register or an import.', shared: 'Shared:',
      more: n => 'and ' + n + ' more', announced: 'announced', close: 'Close', to: ' to ', community: 'Community',
      keys: '/ search · Esc close · arrows: to the neighbour that way, or pan · + − zoom · 0 show all' }
  };
  const LABELS_MOST = 120, LISTED_MOST = 40, LIVE_MOST = 3000, ARROWS_MOST = 2500, HIT_PIXELS = 6;
  const data = JSON.parse(document.getElementById('data').textContent);
  const at = id => document.getElementById(id);
  let language = (navigator.language || 'nl').toLowerCase().startsWith('nl') ? 'nl' : 'en';
  let words = WORDS[language];

  /* ---- the graph ---- */
  const nodes = data.nodes, edges = data.links, byId = new Map(nodes.map(n => [n.id, n]));
  const hidden = { types: new Set(), relations: new Set() };
  const span = { since: '', until: '' };
  nodes.forEach(n => { n.y = -(n.y || 0); n.x = n.x || 0; n.r = n.size / 2.6; n.text = n.name || n.key; n.edges = []; });
  const parallel = new Map();
  edges.forEach(e => {
    e.source = byId.get(e.source); e.target = byId.get(e.target);
    e.source.edges.push(e);
    if (e.target !== e.source) e.target.edges.push(e);
    const pair = e.source.id < e.target.id ? e.source.id + '\n' + e.target.id : e.target.id + '\n' + e.source.id;
    e.turn = parallel.get(pair) || 0; // 0 is straight, then bows to either side
    parallel.set(pair, e.turn + 1);
  });
  const bySize = nodes.slice().sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  const dates = edges.reduce((all, e) => all.concat(e.first_said || [], e.last_said || []), []);
  const years = Array.from(new Set(dates.map(d => d.slice(0, 4)))).sort();
  const fold = s => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  nodes.forEach(n => { n.folded = fold([n.text, n.aliases || '', n.key].join(' \n ')); });

  const seesNode = n => !hidden.types.has(n.type);
  const seesEdge = e => !hidden.relations.has(e.relation) && seesNode(e.source) && seesNode(e.target) &&
    (!span.since || (e.last_said || '') >= span.since) && (!span.until || (e.first_said && e.first_said.slice(0, 4) <= span.until));

  /* ---- drawing ---- */
  const canvas = at('canvas'), context = canvas.getContext('2d');
  let width = 0, height = 0, transform = d3.zoomIdentity, selected = null, hovered = null, asked = false;
  const isEdge = thing => thing && thing.relation !== undefined && thing.source !== undefined;

  function bow(e) { // the middle of a curved edge
    const dx = e.target.x - e.source.x, dy = e.target.y - e.source.y, length = Math.hypot(dx, dy) || 1;
    const side = e.source.id < e.target.id ? 1 : -1;
    const by = e.turn ? side * (e.turn % 2 ? 1 : -1) * Math.ceil(e.turn / 2) * 14 : 0;
    return [(e.source.x + e.target.x) / 2 - dy / length * by, (e.source.y + e.target.y) / 2 + dx / length * by];
  }
  function trace(e) {
    if (e.source === e.target) {
      const n = e.source, r = n.r + 5 + 4 * e.turn;
      context.moveTo(n.x + r, n.y - n.r); context.arc(n.x, n.y - n.r, r, 0, 2 * Math.PI);
      return;
    }
    context.moveTo(e.source.x, e.source.y);
    if (!e.turn) { context.lineTo(e.target.x, e.target.y); return; }
    const m = bow(e);
    context.quadraticCurveTo(2 * m[0] - (e.source.x + e.target.x) / 2, 2 * m[1] - (e.source.y + e.target.y) / 2, e.target.x, e.target.y);
  }
  function arrow(e) {
    if (e.symmetric || e.source === e.target) return;
    const m = bow(e), t = e.target, dx = t.x - m[0], dy = t.y - m[1], d = Math.hypot(dx, dy);
    if (d < t.r + 6) return;
    const ux = dx / d, uy = dy / d, x = t.x - ux * (t.r + 1), y = t.y - uy * (t.r + 1), s = 5;
    context.moveTo(x, y); context.lineTo(x - ux * s - uy * s * .5, y - uy * s + ux * s * .5);
    context.lineTo(x - ux * s + uy * s * .5, y - uy * s - ux * s * .5); context.closePath();
  }
  function drawEdges(shown, near) {
    const bundles = new Map(); // one stroke for all of a colour, width and brightness
    shown.forEach(e => {
      const lit = !near || e === selected || e.source === selected || e.target === selected;
      const wide = Math.min(5, 1 + Math.log2(Math.max(1, e.weight)) * .8);
      const key = [e.color, Math.round(wide * 2) / 2, lit, e.certainty === 'announced'].join();
      if (!bundles.has(key)) bundles.set(key, { color: e.color, wide: wide, lit: lit, dashed: e.certainty === 'announced', edges: [] });
      bundles.get(key).edges.push(e);
    });
    bundles.forEach(b => {
      context.globalAlpha = b.lit ? (near ? .9 : .55) : .08;
      context.strokeStyle = context.fillStyle = b.color;
      context.lineWidth = b.wide / Math.max(.6, Math.sqrt(transform.k));
      context.setLineDash(b.dashed ? [5, 4] : []);
      context.beginPath(); b.edges.forEach(trace); context.stroke();
      if (shown.length > ARROWS_MOST || transform.k < .25) return;
      context.beginPath(); b.edges.forEach(arrow); context.fill();
    });
    context.setLineDash([]);
    const one = isEdge(hovered) ? hovered : isEdge(selected) ? selected : null;
    if (!one) return;
    context.globalAlpha = 1; context.strokeStyle = '#111'; context.lineWidth = 2.5 / transform.k;
    context.beginPath(); trace(one); context.stroke();
  }
  function drawNodes(shown, near) {
    shown.forEach(n => {
      context.globalAlpha = !near || near.has(n) ? 1 : .15;
      context.beginPath(); context.arc(n.x, n.y, n.r, 0, 2 * Math.PI);
      context.fillStyle = n.color; context.fill();
      context.lineWidth = (n === selected || n === hovered ? 3 : 1) / transform.k;
      context.strokeStyle = n === selected || n === hovered ? '#111' : '#fff'; context.stroke();
    });
    context.globalAlpha = 1;
  }
  function widthOf(n, text, chosen, size) { // measured once: at 100 pixels
    const name = chosen ? 'bold' : 'plain';
    n.width = n.width || {};
    if (!n.width[name]) {
      const font = context.font;
      context.font = font.replace(/[\d.]+px/, '100px');
      n.width[name] = context.measureText(text).width / 100;
      context.font = font;
    }
    return n.width[name] * size;
  }
  function drawLabels(shown, near) { // in pixels of the screen, the important first, none over another
    const placed = [];
    shown.slice(0, LABELS_MOST).forEach(n => { // a name may cover its own node's neighbours, not the large ones
      const r = n.r * transform.k * .8, x = transform.applyX(n.x), y = transform.applyY(n.y);
      if (r > 6) placed.push([x - r, y - r, x + r, y + r]);
    });
    const taken = placed.length;
    const first = near ? shown.filter(n => near.has(n)) : shown;
    context.textAlign = 'center'; context.textBaseline = 'top'; context.lineJoin = 'round';
    for (const n of first) {
      if (placed.length - taken >= LABELS_MOST) break;
      const x = transform.applyX(n.x), r = n.r * transform.k, y = transform.applyY(n.y) + r + 2;
      if (x < -60 || x > width + 60 || y < -40 || y > height + 40) continue;
      const chosen = n === selected || n === hovered, size = Math.max(11, Math.min(17, r * .55));
      context.font = (chosen ? 'bold ' : '') + size + 'px "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif';
      const text = !chosen && n.text.length > 34 ? n.text.slice(0, 33) + '…' : n.text;
      const half = widthOf(n, text, chosen, size) / 2 + 3;
      if (!chosen && placed.some(p => x - half < p[2] && x + half > p[0] && y < p[3] && y + size + 3 > p[1])) continue;
      placed.push([x - half, y, x + half, y + size + 3]);
      context.lineWidth = 3.5; context.strokeStyle = '#ffffffe0'; context.strokeText(text, x, y);
      context.fillStyle = '#1b1b1b'; context.fillText(text, x, y);
    }
  }
  function paint(shownNodes, shownEdges) {
    const ratio = window.devicePixelRatio || 1;
    const near = !selected ? null : isEdge(selected) ? new Set([selected.source, selected.target])
      : new Set([selected].concat(...selected.edges.filter(seesEdge).map(e => [e.source, e.target])));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.translate(transform.x, transform.y); context.scale(transform.k, transform.k);
    drawEdges(shownEdges, near);
    drawNodes(shownNodes, near);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawLabels(shownNodes, near);
  }
  function clear() {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1; context.fillStyle = '#fff'; context.fillRect(0, 0, canvas.width, canvas.height);
  }
  /* While a node of a large graph is dragged, all else stands still: painted once, then copied. */
  let dragged = null, still = null, stillAt = null;
  const isMoved = e => e.source === dragged || e.target === dragged;
  function drawDragged() {
    if (!still || stillAt !== transform) {
      clear();
      paint(bySize.filter(n => n !== dragged && seesNode(n)), edges.filter(e => !isMoved(e) && seesEdge(e)));
      still = still || document.createElement('canvas');
      still.width = canvas.width; still.height = canvas.height; stillAt = transform;
      still.getContext('2d').drawImage(canvas, 0, 0);
    }
    clear();
    context.drawImage(still, 0, 0);
    paint([dragged], dragged.edges.filter(seesEdge));
  }
  function draw() {
    asked = false;
    if (dragged) { drawDragged(); return; }
    still = null;
    clear();
    paint(bySize.filter(seesNode), edges.filter(seesEdge));
  }
  function redraw() { if (!asked) { asked = true; requestAnimationFrame(draw); } }
  function resize() {
    const box = at('stage').getBoundingClientRect(), ratio = window.devicePixelRatio || 1;
    width = box.width; height = box.height;
    canvas.width = Math.max(1, Math.round(width * ratio)); canvas.height = Math.max(1, Math.round(height * ratio));
    draw();
  }

  /* ---- moving ---- */
  const simulation = d3.forceSimulation(nodes)
    .force('link', d3.forceLink(edges).distance(e => 46 + e.source.r + e.target.r).strength(e => .25 / Math.sqrt(Math.min(e.source.edges.length, e.target.edges.length) || 1)))
    .force('charge', d3.forceManyBody().strength(n => -60 - 4 * n.r).distanceMax(500).theta(1))
    .force('x', d3.forceX().strength(.02)).force('y', d3.forceY().strength(.02))
    .force('apart', d3.forceCollide(n => n.r + 7))
    .alpha(.25).on('tick', redraw).stop();
  simulation.tick(nodes.length > 2000 ? 5 : 60); // from the places of the file; then it rests until something is dragged
  const zoom = d3.zoom().scaleExtent([.05, 12]).filter(() => !d3.event.button).on('zoom', () => { transform = d3.event.transform; redraw(); });
  function fit() {
    const seen = nodes.filter(seesNode);
    if (!seen.length || !width) return;
    const [x0, x1] = d3.extent(seen, n => n.x), [y0, y1] = d3.extent(seen, n => n.y);
    const k = Math.min(2, .88 * Math.min(width / (x1 - x0 + 80), height / (y1 - y0 + 80)));
    d3.select(canvas).call(zoom.transform, d3.zoomIdentity.translate(width / 2 - k * (x0 + x1) / 2, height / 2 - k * (y0 + y1) / 2).scale(k));
  }
  function showAt(n) {
    const x = transform.applyX(n.x), y = transform.applyY(n.y);
    if (x < 40 || y < 40 || x > width - 40 || y > height - 40) d3.select(canvas).call(zoom.translateTo, n.x, n.y);
  }
  function nodeAt(x, y) {
    let best = null, least = Infinity;
    nodes.forEach(n => {
      if (!seesNode(n)) return;
      const d = Math.hypot(transform.applyX(n.x) - x, transform.applyY(n.y) - y) - n.r * transform.k;
      if (d < Math.min(least, HIT_PIXELS)) { least = d; best = n; }
    });
    return best;
  }
  function edgeAt(x, y) {
    let best = null, least = HIT_PIXELS;
    const distance = (p, q) => { // from (x, y) to the line between two points of the screen
      const dx = q[0] - p[0], dy = q[1] - p[1], t = Math.max(0, Math.min(1, ((x - p[0]) * dx + (y - p[1]) * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(p[0] + t * dx - x, p[1] + t * dy - y);
    };
    edges.forEach(e => {
      if (!seesEdge(e)) return;
      const a = transform.apply([e.source.x, e.source.y]), m = transform.apply(bow(e)), b = transform.apply([e.target.x, e.target.y]);
      const d = Math.min(distance(a, m), distance(m, b));
      if (d < least) { least = d; best = e; }
    });
    return best;
  }
  let pressed = null; // the node under the last press: its card may have moved the picture before the click comes
  const drag = d3.drag().subject(() => {
    const p = d3.mouse(canvas), n = pressed = nodeAt(p[0], p[1]);
    return n && { x: transform.applyX(n.x), y: transform.applyY(n.y), node: n };
  }).on('start', () => { d3.event.subject.moved = false; })
    .on('drag', () => {
      const s = d3.event.subject;
      const live = nodes.length + edges.length <= LIVE_MOST; // a large graph makes room only when the node is let go
      if (!s.moved) { s.moved = true; if (live) simulation.alphaTarget(.15).restart(); else dragged = s.node; }
      s.node.fx = s.node.x = transform.invertX(d3.event.x); s.node.fy = s.node.y = transform.invertY(d3.event.y);
      redraw();
    }).on('end', () => {
      const s = d3.event.subject;
      simulation.alphaTarget(0); s.node.fx = s.node.fy = dragged = null;
      if (!s.moved) select(s.node); else if (simulation.alpha() < .1) simulation.alpha(.1).restart();
    });
  d3.select(canvas).call(drag).call(zoom).on('dblclick.zoom', null)
    .on('click', () => { const p = d3.mouse(canvas); if (!d3.event.defaultPrevented && !pressed) select(edgeAt(p[0], p[1])); })
    .on('mousemove', () => {
      const p = d3.mouse(canvas), found = nodeAt(p[0], p[1]) || edgeAt(p[0], p[1]), tip = at('tip');
      canvas.style.cursor = found ? 'pointer' : 'grab';
      if (found !== hovered) { hovered = found; redraw(); }
      tip.hidden = !found;
      if (!found) return;
      tip.textContent = isEdge(found) ? found.source.text + ' ' + arrowOf(found) + ' ' + found.target.text : found.text + ' (' + found.type + ')';
      tip.style.left = Math.max(0, Math.min(p[0] + 14, width - tip.offsetWidth - 4)) + 'px';
      tip.style.top = Math.min(p[1] + 14, height - 40) + 'px';
    }).on('mouseleave', () => { hovered = null; at('tip').hidden = true; redraw(); });

  /* ---- cards ---- */
  function make(tag, text, name) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    return element;
  }
  const arrowOf = e => (e.symmetric ? '— ' : '— ') + e.relation + (e.symmetric ? ' —' : ' →');
  function swatch(color, kind) { const i = make('i', undefined, kind); i.style.background = color; return i; }
  function button(text, act) { const b = make('button', text); b.type = 'button'; b.addEventListener('click', act); return b; }
  function facts(rows) {
    const list = make('dl');
    rows.forEach(([name, value]) => { if (value) list.append(make('dt', name), make('dd', value)); });
    return list;
  }
  function nodeCard(card, n) {
    const badge = make('span', undefined, 'badge');
    badge.append(swatch(n.color, 'dot'), n.type);
    const when = n.first_date && (n.first_date === n.last_date ? n.first_date : n.first_date + words.to + n.last_date);
    const seen = n.edges.filter(seesEdge).sort((a, b) => b.weight - a.weight);
    card.append(make('h1', n.text), badge, facts([[words.key, n.key !== n.text && n.key], [words.aliases, n.aliases], [words.dates, when],
      [words.file, n.file], [words.community, n.community === undefined ? '' : String(n.community)], [words.degree, String(seen.length)]]));
    const groups = new Map();
    seen.forEach(e => { if (!groups.has(e.relation)) groups.set(e.relation, []); groups.get(e.relation).push(e); });
    Array.from(groups.keys()).sort().forEach(relation => {
      const list = make('ul'), all = groups.get(relation);
      card.append(make('h2', relation), list);
      all.slice(0, LISTED_MOST).forEach(e => {
        const other = e.source === n ? e.target : e.source, item = make('li');
        const go = button((e.symmetric ? '— ' : e.source === n ? '→ ' : '← ') + other.text, () => select(e));
        if (e.weight > 1) go.append(' ', make('small', '×' + e.weight));
        item.append(go); list.append(item);
      });
      if (all.length > LISTED_MOST) list.append(make('li', words.more(all.length - LISTED_MOST)));
    });
  }
  function edgeCard(card, e) {
    card.append(button(e.source.text, () => select(e.source)));
    const middle = make('p', undefined, 'badge');
    middle.append(swatch(e.color, 'line'), arrowOf(e), e.weight > 1 ? ' ×' + e.weight : '', e.certainty === 'announced' ? ' (' + words.announced + ')' : '');
    card.append(make('br'), middle, make('br'), button(e.target.text, () => select(e.target)));
    const said = e.evidence || [];
    said.forEach(v => {
      const quote = make('blockquote', v.text);
      quote.append(make('footer', [v.document, v.date].filter(Boolean).join(', ')));
      card.append(quote);
    });
    if (!said.length && e.sentence) card.append(make('h2', words.shared), make('p', e.sentence));
    else if (!said.length) card.append(make('p', words.noSentence));
    else if (e.weight > said.length) card.append(make('p', words.more(e.weight - said.length)));
  }
  function select(thing) {
    const card = at('card'), was = card.hidden;
    selected = thing || null;
    card.hidden = !selected;
    card.textContent = '';
    if (selected) {
      const close = button('×', () => select(null));
      close.className = 'close'; close.title = words.close; close.setAttribute('aria-label', words.close);
      card.append(close);
      (isEdge(selected) ? edgeCard : nodeCard)(card, selected);
      card.scrollTop = 0;
    }
    if (was !== card.hidden) resize();
    if (selected && !isEdge(selected)) showAt(selected);
    redraw();
  }

  /* ---- search, legend, language ---- */
  let hits = [], hit = 0;
  function find() {
    const asked = fold(at('search').value.trim()), list = at('hits');
    list.textContent = ''; hit = 0;
    list.hidden = !asked;
    hits = !asked ? [] : bySize.filter(n => seesNode(n) && asked.split(/\s+/).every(w => n.folded.includes(w)))
      .sort((a, b) => (fold(b.text).startsWith(asked) - fold(a.text).startsWith(asked)) || b.size - a.size).slice(0, 12);
    hits.forEach((n, i) => {
      const item = make('li', undefined, i ? '' : 'on'), go = button('', () => choose(n));
      go.append(swatch(n.color, 'dot'), make('span', n.text), make('small', n.type)); item.append(go); list.append(item);
    });
    if (asked && !hits.length) list.append(make('li', words.none));
  }
  function choose(n) { at('search').value = ''; find(); select(n); d3.select(canvas).call(zoom.translateTo, n.x, n.y); canvas.focus(); }
  function tally(things, name) {
    const all = new Map();
    things.forEach(t => { if (!all.has(t[name])) all.set(t[name], { name: t[name], color: t.color, n: 0 }); all.get(t[name]).n++; });
    return Array.from(all.values()).sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
  }
  function legend(list, rows, off, kind) {
    rows.forEach(row => {
      const item = make('li'), label = make('label'), box = make('input');
      box.type = 'checkbox'; box.checked = true;
      box.addEventListener('change', () => {
        if (box.checked) off.delete(row.name); else off.add(row.name);
        item.className = box.checked ? '' : 'off';
        if (selected && (isEdge(selected) ? !seesEdge(selected) : !seesNode(selected))) select(null); else if (selected) select(selected);
        subtitle(); redraw();
      });
      label.append(box, swatch(row.color, kind), make('span', row.name), make('small', String(row.n)));
      item.append(label); list.append(item);
    });
  }
  function subtitle() {
    const g = data.graph, parts = [];
    if (g.documents) parts.push(g.documents + ' ' + words.documents + (g.since ? ', ' + (g.since === g.until ? g.since : g.since + words.to + g.until) : ''));
    parts.push(nodes.filter(seesNode).length + ' ' + words.nodes, edges.filter(seesEdge).length + ' ' + words.edges);
    at('subtitle').textContent = parts.join(' · ');
  }
  function speak() {
    words = WORDS[language];
    document.documentElement.lang = language;
    at('search').placeholder = words.search; at('search').setAttribute('aria-label', words.search);
    [['fit', 'fit'], ['language', 'other'], ['types-title', 'types'], ['relations-title', 'relations'], ['years-title', 'years'], ['keys', 'keys']]
      .forEach(([id, word]) => { at(id).textContent = words[word]; });
    ['since', 'until'].forEach(id => {
      const list = at(id), value = list.value;
      list.textContent = ''; list.setAttribute('aria-label', words[id]);
      const any = make('option', words[id] + ' …'); any.value = ''; list.append(any);
      years.forEach(year => { const o = make('option', words[id] + ' ' + year); o.value = year; list.append(o); });
      list.value = value;
    });
    subtitle();
    if (selected) select(selected);
  }
  function walk(dx, dy) { // to the neighbour that lies that way
    if (!selected || isEdge(selected)) { d3.select(canvas).call(zoom.translateBy, -60 * dx / transform.k, -60 * dy / transform.k); return; }
    let best = null, most = .3;
    selected.edges.filter(seesEdge).forEach(e => {
      const o = e.source === selected ? e.target : e.source, x = o.x - selected.x, y = o.y - selected.y;
      const way = (x * dx + y * dy) / (Math.hypot(x, y) || 1);
      if (way > most) { most = way; best = o; }
    });
    if (best) select(best);
  }
  at('title').textContent = data.graph.name;
  legend(at('types'), tally(nodes, 'type'), hidden.types, 'dot');
  legend(at('relations'), tally(edges, 'relation'), hidden.relations, 'line');
  at('years').hidden = years.length < 2;
  ['since', 'until'].forEach(id => at(id).addEventListener('change', () => { span[id] = at(id).value; if (selected) select(null); subtitle(); redraw(); }));
  at('search').addEventListener('input', find);
  at('search').addEventListener('keydown', event => {
    if (event.key === 'Enter' && hits[hit]) choose(hits[hit]);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    hit = Math.max(0, Math.min(hits.length - 1, hit + (event.key === 'ArrowDown' ? 1 : -1)));
    Array.from(at('hits').children).forEach((item, i) => { item.className = i === hit ? 'on' : ''; });
  });
  at('fit').addEventListener('click', fit);
  at('language').addEventListener('click', () => { language = language === 'nl' ? 'en' : 'nl'; speak(); });
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') { at('search').value = ''; find(); at('search').blur(); select(null); return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); at('search').focus(); }
    else if (ARROWS[event.key]) { event.preventDefault(); walk(...ARROWS[event.key]); }
    else if (event.key === '+' || event.key === '=') d3.select(canvas).call(zoom.scaleBy, 1.3);
    else if (event.key === '-') d3.select(canvas).call(zoom.scaleBy, 1 / 1.3);
    else if (event.key === '0') fit();
  });
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', () => { resize(); fit(); draw(); });
  window.addEventListener('afterprint', resize);
  speak();
  resize();
  fit();
}());
