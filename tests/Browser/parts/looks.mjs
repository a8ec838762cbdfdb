// Every page as it is at 1440 and 390 pixels, light and dark: a picture of each for people to look at; nothing that axe-core finds serious;
// nothing wider than a phone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../Deploy/checks.mjs';
import { DESK, PHONE, unless } from '../browser.mjs';
import { button, figureAt, inState, morePoints } from '../pages.mjs';
import { order, dashboard as serve, sweeps } from '../programs.mjs';
import { hopeless, long, quick, watched, wrong } from '../specs.mjs';
import { LONG_PATIENCE } from '../waiting.mjs';

const axe = createRequire(import.meta.url)('axe-core').source;

// Serious ones are mistakes; the others are kept in a file.
async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, count: nodes.length, first: nodes[0].html.slice(0, 160), why: nodes[0].failureSummary }));
}

async function tooWide(page) {
  return page.evaluate(() => {
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth <= innerWidth) return [];
    const culprits = [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > innerWidth + 1
      && !one.closest('.scroll, pre, textarea, .editor'));
    return [`${scrollWidth} pixels wide in ${innerWidth}: ${culprits.slice(-1).map(one => one.outerHTML.slice(0, 120))}`];
  });
}

export async function looks({ browser, dashboard, finished, failed, submit }) {
  const folder = mkdtempSync(join(tmpdir(), 'sweeps-browser.'));
  const tokens = join(folder, 'tokens');
  const [read, operate] = await Promise.all([1, 2].map(() => order('dashboard', '--new-token')));
  writeFileSync(tokens, `read ${read} reader\noperate ${operate} operator\n`, { mode: 0o600 });
  const guarded = await serve('--tokens', tokens);
  const [stopped, running, paused, cancelled] = [await submit(hopeless, '--priority', '5'), await submit(watched), await submit(long), await submit(long)];
  await order('pause', paused);
  await order('cancel', cancelled);

  const goTo = (address, then = () => {}) => async page => {
    await page.goto(dashboard.url + address);
    await then(page);
  };
  const withSpec = (address, text, name) => goTo(address, async page => {
    await page.locator('#spec').fill(text);
    await button(page, name).click();
    await page.locator('#mistakes .message, .plan').first().waitFor();
  });
  const pages = {
    'sweeps': goTo('/'),
    'sweep running': goTo(`/sweeps/${running}`, async page => {
      await morePoints(page, 0);
      await figureAt(page);
    }),
    'sweep complete': goTo(`/sweeps/${finished}`, page => figureAt(page)),
    'sweep paused': goTo(`/sweeps/${paused}`),
    'sweep cancelled': goTo(`/sweeps/${cancelled}?said=cancelled`),
    'sweep with failures': goTo(`/sweeps/${failed}`, page => figureAt(page)),
    'sweep stopped': goTo(`/sweeps/${stopped}`, page => inState(page, /^stopped/, LONG_PATIENCE)),
    'point that failed': goTo(`/sweeps/${failed}/points/0`),
    'lines': goTo(`/sweeps/${finished}?x=separation&y=lines&quantity=t_collapse`, page => figureAt(page)),
    'values': goTo(`/sweeps/${finished}`, async page => {
      await figureAt(page);
      await page.getByText('Values as a table').click();
    }),
    'figure that cannot be': goTo(`/sweeps/${finished}?x=nowhere`),
    'point': goTo(`/sweeps/${finished}/points/7`),
    'silos': goTo('/silos'),
    'submit': goTo('/submit', page => page.getByText('Keys and measures').click()),
    'submit with a plan': withSpec('/submit', watched, 'Plan'),
    'submit with mistakes': withSpec('/submit', wrong, 'Plan'),
    'extend': withSpec(`/sweeps/${finished}/extend`, quick.replace('count: 4', 'count: 7'), 'Plan'),
    'cancel': goTo(`/sweeps/${paused}/cancel`),
    'no such sweep': goTo('/sweeps/nothing-1'),
    'no such page': goTo('/nothing'),
    'sign in': page => page.goto(`${guarded.url}/`),
    'sign in refused': async page => {
      await page.goto(`${guarded.url}/`);
      await page.locator('#token').fill('no-such-token');
      await button(page, 'Sign in').click();
    },
    'only reading': async page => {
      await page.goto(`${guarded.url}/sweeps/${finished}`);
      await page.locator('#token').fill(read);
      await button(page, 'Sign in').click();
      await figureAt(page);
    },
    'not allowed': page => page.goto(`${guarded.url}/submit`),
  };

  const found = {};
  for (const [size, viewport] of Object.entries({ 1440: DESK, 390: PHONE })) {
    const visitor = await browser.visitor({ viewport, ...(viewport === PHONE ? { hasTouch: true, deviceScaleFactor: 2 } : {}) });
    visitor.forgive(/status of 4\d\d/);
    const { page } = visitor;
    for (const [name, open] of Object.entries(pages))
      await visitor.does(`Looks: ${name}, ${size} pixels wide: nothing serious to axe-core in light or dark${viewport === PHONE ? ', and no wider' : ''}`, async () => {
        await page.emulateMedia({ colorScheme: 'light' });
        await open(page);
        const mistakes = [];
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          await visitor.picture(`${name.replaceAll(' ', '-')}-${size}-${colorScheme}`);
          const all = await faults(page);
          found[`${name}, ${size}, ${colorScheme}`] = all;
          mistakes.push(...all.filter(fault => ['serious', 'critical'].includes(fault.impact))
            .map(fault => `${colorScheme}: ${fault.impact}: ${fault.help} (${fault.id}, ${fault.count} times), as in ${fault.first} – ${fault.why.split('\n')[1]?.trim()}`));
        }
        if (viewport === PHONE) mistakes.push(...await tooWide(page));
        return mistakes;
      });
    await visitor.judge(`Looks, ${size} pixels wide`);
  }
  writeFileSync(join(browser.results, 'axe.json'), JSON.stringify(found, null, 2));
  const lesser = Object.values(found).flat().filter(fault => !['serious', 'critical'].includes(fault.impact));
  console.log(`          axe-core's lesser remarks: ${lesser.length}${lesser.length > 0 ? `, ${[...new Set(lesser.map(fault => fault.id))].join(', ')}` : ''}; all in axe.json`);
  check('Looks: axe-core was asked on every page', unless(Object.keys(found).length === 4 * Object.keys(pages).length, `${Object.keys(found).length} times`));

  // One that has ended meanwhile cannot be cancelled, and need not.
  await Promise.all([stopped, running, paused].map(id => sweeps('cancel', id)));
  await guarded.end();
  rmSync(folder, { recursive: true });
}
