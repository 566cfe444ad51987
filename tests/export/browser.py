"""The HTML view in a real browser: browser.py CHROMIUM WORK_DIR VERBAND STORE.db   prints TAP lines.

A copy of the page gets one more script, which does what a user does (types, clicks, drags) with events of the
document, and tells on the console what it saw: in real time, so that a drag can be timed.
"""
import json
import re
import subprocess
import sys
import threading

chromium, work, verband, db = sys.argv[1:]
SCRIPT = """
<script>
window.addEventListener('load', () => setTimeout(() => {
  const said = [], at = id => document.getElementById(id), text = id => at(id).textContent;
  const key = (k, on) => (on || document.body).dispatchEvent(new KeyboardEvent('keydown', { key: k, bubbles: true, cancelable: true }));
  const type = words => { at('search').value = words; at('search').dispatchEvent(new Event('input')); };
  const ok = (good, what) => said.push((good ? 'ok' : 'not ok') + ' - export: in a browser: ' + what);
  const count = () => at('subtitle').textContent.match(/(\\d+) (?:knopen|nodes)/)[1];
  try {
    key('/'); ok(document.activeElement === at('search'), '/ goes to the search');
    type('SEARCH'); ok(at('hits').children.length > 0 && text('hits').includes('NAME'), 'search finds a node');
    key('Enter', at('search')); ok(!at('card').hidden && text('card').includes('NAME'), 'its card is shown');
    const edges = Array.from(document.querySelectorAll('#card li button'));
    ok(edges.length > 0, 'the card lists its edges');
    let sentence = false;
    for (let i = 0; i < edges.length && !sentence; i++) {
      type('SEARCH'); key('Enter', at('search'));
      document.querySelectorAll('#card li button')[i].click();
      const quote = document.querySelector('#card blockquote');
      sentence = !!quote && quote.textContent.length > 10 && /\\S/.test(quote.querySelector('footer').textContent);
    }
    ok(sentence, "a click on an edge shows its sentence with document");
    key('Escape'); ok(at('card').hidden, 'Esc closes the card');
    const before = +count(), box = document.querySelector('#types input');
    box.click(); ok(+count() < before, 'the filter hides'); box.click(); ok(+count() === before, 'and shows again');
    const was = text('types-title'); at('language').click(); ok(text('types-title') !== was, 'the other language');
    ok(['Soorten', 'Types'].includes(was), 'Dutch or English');
    ok(!document.querySelector('main b, main img, main svg, header b'), 'no name became markup');
    const canvas = at('canvas'), b = canvas.getBoundingClientRect();
    const mouse = (name, x, y, on) => on.dispatchEvent(new MouseEvent(name, { clientX: x, clientY: y, bubbles: true, view: window }));
    let hit = null;
    for (let y = 5; y < b.height && !hit; y += 6) for (let x = 5; x < b.width && !hit; x += 6) {
      mouse('mousemove', b.left + x, b.top + y, canvas);
      if (!at('tip').hidden && /\\)$/.test(text('tip')) && canvas.style.cursor === 'pointer') hit = [b.left + x, b.top + y];
    }
    ok(hit, 'the pointer finds a node and says what it is');
    const pixels = () => Array.from(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((v, i) => i % 997 === 0)).join();
    const picture = pixels(), times = [];
    mouse('mousedown', hit[0], hit[1], canvas);
    let step = 0;
    const move = () => {
      const start = performance.now();
      mouse('mousemove', hit[0] + 4 * step, hit[1] + 3 * step, window);
      requestAnimationFrame(() => setTimeout(() => {
        times.push(performance.now() - start);
        if (++step < 20) return move();
        mouse('mouseup', hit[0] + 80, hit[1] + 60, window);
        times.sort((p, q) => p - q);
        said.push('# drag: median ' + times[10].toFixed(1) + ' ms, longest ' + times[19].toFixed(1) + ' ms');
        ok(pixels() !== picture, 'a drag moves the picture');
        ok(times[10] < LIMIT, 'a drag is answered within LIMIT ms');
        ok(performance.getEntriesByType('resource').length === 0, 'no request left the file');
        ok(!window.failed, 'no error in the console ' + (window.failed || ''));
        end();
      }, 0));
    };
    move();
  } catch (e) { ok(false, 'the script ran: ' + e.stack); end(); }
  function end() { console.log('SAID' + JSON.stringify(said) + 'DIAS'); }
}, 100));
</script>
</body>"""
WATCH = "<head>\n<script>window.onerror = m => { window.failed = m; }; console.error = m => { window.failed = m; };</script>"


def visit(page, words, name, limit):
    with open(page, encoding="utf-8") as f:
        source = f.read()
    script = SCRIPT.replace("SEARCH", words).replace("NAME", name).replace("LIMIT", str(limit))
    copy = page.replace(".html", "-visited.html")
    with open(copy, "w", encoding="utf-8") as f:
        head, tail = source.rsplit("</body>", 1)
        f.write(head.replace("<head>", WATCH, 1) + script + tail)
    browser = subprocess.Popen([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                                "--user-data-dir=" + work + "/chromium", "--window-size=1400,900", "--enable-logging=stderr",
                                "--remote-debugging-port=0", "file://" + copy],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    alarm = threading.Timer(60, browser.kill)
    alarm.start()
    found = None
    for line in browser.stderr:
        found = re.search("SAID(.*)DIAS", line.decode("utf-8", "replace"))
        if found:
            break
    alarm.cancel()
    browser.terminate()
    browser.wait()
    if not found:
        print("not ok - export: in a browser: no answer")
        return
    # the log prints the console's text as it is, quotes of JSON and all
    print("\n".join(json.loads(found.group(1))))


visit(work + "/g.html", "gemeente 3", "Gemeente 3", 200)
with open(work + "/big-nodes.csv", "w") as f:
    f.write(":ID,:LABEL,name\n" + "".join("n%d,%s,Gemeente %d\n" % (i, ("Municipality", "Programme")[i % 2], i) for i in range(1000)))
with open(work + "/big-edges.csv", "w") as f:
    f.write(":START_ID,:END_ID,:TYPE,document,text\n" + "".join(
        "n%d,n%d,SUPPORTS,brief.txt,Zij steunen elkaar in zin %d.\n" % (i % 1000, (i * 7919 + i // 1000 * 31 + 1) % 1000, i) for i in range(5000)))
subprocess.run([verband, "--db", work + "/big.db", "import", "-q", work + "/big-nodes.csv", work + "/big-edges.csv"], check=True)
subprocess.run([verband, "--db", work + "/big.db", "export", "-o", work + "/big.html"], check=True)
print("# 1,000 nodes and 5,000 edges")
visit(work + "/big.html", "gemeente 3", "Gemeente 3", 50)
