// One build on the hosts that a dossier meets: node hosts.mjs PROGRAM [SITE_DIR]
//
// 1. A small dossier with every kind of page is built for each host, with compressed twins.
// 2. It is served by nginx at the root and below it, by the very configuration of docs/hosting.md, by Python's plain file
//    server, by one that sends what `_headers` says, and read from file://. SITE_DIR, if given, is served by nginx too.
// 3. Chromium walks each: from the home page along every link, until no page is left that was not opened. No link, request or
//    console is at fault, no page breaks its policy, every page is reached.
// 4. Old addresses lead on; the Nu validator finds nothing on any kind of page.
// 5. Of nginx: the page for nothing at any depth, compressed twins, what may be cached, what is private.
//
// Exit status as that of run.mjs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { launch } from './lib/browser.mjs';
import { buildFixture } from './lib/fixture.mjs';
import { serve } from './lib/server.mjs';
import { openSite } from './lib/site.mjs';
import { walk } from './lib/walk.mjs';
import { runChecks } from './run.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));
const NOBODY = 65534;
const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
// As docs/hosting.md says for Brotli.
const BOTH = ['gzip_static on;', 'gzip_static on; brotli_static on;'];
const [program, siteDir] = process.argv.slice(2);

let passed = 0, failed = 0;
async function test(name, run) {
  try { await run(); passed++; } catch (error) {
    failed++;
    console.log(`hosts: ${name}: ${error.message}`);
  }
}

/** The two configurations of docs/hosting.md, as they stand there. */
async function configurations() {
  const text = await readFile(here('../../docs/hosting.md'), 'utf8');
  const blocks = [...text.matchAll(/```nginx\n([\s\S]*?)```/g)].map(match => match[1]);
  assert.equal(blocks.length, 2, 'docs/hosting.md has a configuration for the root and one below it');
  return blocks;
}

/** What is replaced must be there: else the test would try something else than what is written. */
function replaced(text, pairs) {
  for (const [from, to] of pairs) {
    assert.ok(text.includes(from), `the configuration says ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

async function nginx(work, name, servers) {
  const folder = path.join(work, name);
  for (const temporary of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) await mkdir(path.join(folder, temporary), { recursive: true });
  const places = ['client_body_temp_path body', 'proxy_temp_path proxy', 'fastcgi_temp_path fastcgi', 'uwsgi_temp_path uwsgi', 'scgi_temp_path scgi'];
  await writeFile(path.join(folder, 'nginx.conf'), `load_module ${BROTLI};
worker_processes 1; pid ${folder}/pid; error_log stderr; daemon off;
events {}
http { include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
${places.map(place => place.replace(' ', ` ${folder}/`) + ';').join('\n')}
${servers} }`);
  // Unprivileged, as it should be anywhere.
  const user = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid) for (const part of ['', 'body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) await chown(path.join(folder, part), NOBODY, NOBODY);
  return start('/usr/sbin/nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr'], user);
}

function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  let said = '';
  child.stderr.on('data', data => { said += data; });
  child.on('error', error => { said += error.message; });
  return { stop: () => child.kill(), said: () => said, gone: () => child.exitCode !== null };
}

async function freePort() {
  const server = createServer();
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

const get = (url, headers = {}) => new Promise((done, fail) => {
  http.get(url, { headers }, response => {
    const parts = [];
    response.on('data', part => parts.push(part));
    response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
  }).on('error', fail);
});

/** Waits until a server answers, whatever it says. */
async function answering(url, server) {
  for (let tries = 0; tries < 100; tries++) {
    if (server.gone()) break;
    try { return await get(url); } catch { await new Promise(done => setTimeout(done, 50)); }
  }
  throw new Error(`no server at ${url}: ${server.said()}`);
}

const build = (work, name, base) => buildFixture(program, work, name, {
  base, publish: 'precompress = ["gzip", "brotli"]',
  files: { 'old.md': '---\ntitle: Ancien\naliases: [/vieux/]\n---\nDéplacé.<!-- uncited: a test -->\n' },
});

async function walked(browser, base, dir, options) {
  const site = await openSite(dir);
  const { faults, opened } = await walk(browser, base, site, options);
  assert.deepEqual(faults, []);
  assert.ok(opened >= 10, `only ${opened} pages were opened`);
}

/** An old address leads to where the article stands now, without a host's help. */
const moved = (browser, base) => test(`${base}: an old address`, async () => {
  const page = await browser.newPage();
  await page.goto(`${base}vieux/index.html`);
  await page.waitForURL(`${base}old/index.html`, { timeout: 10_000 });
  await page.close();
});

/** A host that reads `_headers`: the policy is sent, and no page breaks it. */
async function checkHeaders(browser, dir) {
  const server = await serve(await openSite(dir));
  await test('a host that reads _headers', async () => {
    const { headers } = await get(`${server.base}index.html`);
    assert.match(headers['content-security-policy'], /default-src 'self'/);
    await walked(browser, server.base, dir, {});
  });
  await server.close();
}

async function checkNginx(base, dir) {
  const lost = `${base}no/such/page/`;
  await test(`${base}: the page for nothing`, async () => {
    for (const url of [lost, `${base}.sourcebook/manifest`]) {
      const { status, body } = await get(url);
      assert.equal(status, 404, url);
      assert.equal(body.toString(), await readFile(path.join(dir, '404.html'), 'utf8'), url);
    }
  });
  await test(`${base}: compressed twins`, async () => {
    for (const file of ['index.html', 'data/dossier.json', 'sitemap.xml']) {
      const bytes = await readFile(path.join(dir, file));
      for (const [encoding, unpack] of [['gzip', gunzipSync], ['br', brotliDecompressSync]]) {
        const { headers, body } = await get(base + file, { 'accept-encoding': encoding });
        assert.equal(headers['content-encoding'], encoding, `${file}: ${encoding}`);
        assert.ok(unpack(body).equals(bytes), `${file}: ${encoding}`);
      }
      const plain = await get(base + file);
      assert.equal(plain.headers['content-encoding'], undefined);
      assert.ok(plain.body.equals(bytes), file);
    }
  });
  await test(`${base}: types`, async () => {
    const type = async file => (await get(base + file)).headers['content-type'];
    assert.equal(await type('index.html'), 'text/html; charset=utf-8');
    assert.equal(await type('data/dossier.json'), 'application/json');
    assert.match(await type('sitemap.xml'), /^(text|application)\/xml/);
  });
}

async function checkCaching(base, dir) {
  const { files } = await openSite(dir);
  const css = [...files.keys()].find(file => /^assets\/style\..*\.css$/.test(file));
  await test(`${base}: what may be cached`, async () => {
    const { headers } = await get(base + css);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal((await get(base)).headers['cache-control'], undefined);
    assert.equal((await get(`${base}data/dossier.json`)).headers['access-control-allow-origin'], '*');
  });
}

async function main() {
  if (!program) throw new Error('usage: node hosts.mjs PROGRAM [SITE_DIR]');
  const work = await mkdtemp(path.join(tmpdir(), 'sourcebook-hosts-'));
  await chmod(work, 0o755);
  const servers = [];
  const browser = await launch();
  try {
    const [rootPort, belowPort, dossierPort, plainPort] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    const at = port => `http://127.0.0.1:${port}/`;
    const [rootText, belowText] = await configurations();
    const root = await build(work, 'root', at(rootPort).slice(0, -1));
    const below = await build(work, path.join('below', 'dossier'), `${at(belowPort)}dossier`);
    const plain = await build(work, 'plain');
    const sites = [replaced(rootText, [BOTH, ['listen 80;', `listen 127.0.0.1:${rootPort};`], ['/var/www/dossier', root]]),
      `server { listen 127.0.0.1:${belowPort}; ${replaced(belowText, [BOTH, ['/var/www', path.join(work, 'below')]])} }`];
    if (siteDir) {
      await cp(siteDir, path.join(work, 'whole'), { recursive: true });
      sites.push(replaced(rootText, [['listen 80;', `listen 127.0.0.1:${dossierPort};`], ['/var/www/dossier', path.join(work, 'whole')]]));
    }
    servers.push(await nginx(work, 'nginx', sites.join('\n')));
    servers.push(start('python3', ['-m', 'http.server', String(plainPort), '--bind', '127.0.0.1', '--directory', plain]));
    await answering(at(rootPort), servers[0]);
    await answering(at(plainPort), servers[1]);

    await test('nginx at the root', () => walked(browser, at(rootPort), root, { lost: true }));
    await test('nginx below the root', () => walked(browser, `${at(belowPort)}dossier/`, below, { lost: true }));
    await test('a plain file server', () => walked(browser, at(plainPort), plain, {}));
    await test('file://', () => walked(browser, `${pathToFileURL(plain).href}/`, plain, {}));
    if (siteDir) await test('nginx with the dossier', () => walked(browser, at(dossierPort), siteDir, {}));
    await checkHeaders(browser, plain);
    await moved(browser, at(rootPort));
    await moved(browser, `${pathToFileURL(plain).href}/`);
    await test('every kind of page is valid', async () => {
      const html = (await runChecks(plain, { names: ['html'] })).get('html');
      assert.deepEqual(html instanceof Error ? html : html.faults, []);
    });
    await checkNginx(at(rootPort), root);
    await checkNginx(`${at(belowPort)}dossier/`, below);
    await checkCaching(at(rootPort), root);
  } finally {
    servers.forEach(server => server.stop());
    await browser.close();
    await rm(work, { recursive: true, force: true });
  }
}

await main().catch(error => { failed++; console.log(`hosts: cannot run: ${error.stack}`); });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
