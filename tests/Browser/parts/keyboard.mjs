// No mouse: everything is reached by the tabulator, in the order of the page, and seen where one is; a sweep is submitted and cancelled so.
import { unless } from '../browser.mjs';
import { figureAt, idOf, inState } from '../pages.mjs';
import { asked } from '../programs.mjs';
import { long } from '../specs.mjs';
import { until } from '../waiting.mjs';

// Presses the tabulator until it is back at the beginning. Where it has been, by number in the order of the page; what it never came to;
// and where nothing shows that one is there.
async function walk(page) {
  const count = await page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]');
    globalThis.stops = [...all].filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }));
    document.activeElement?.blur();
    return globalThis.stops.length;
  });
  const order = [], unseen = [];
  const name = place => page.evaluate(i => globalThis.stops[i].outerHTML.slice(0, 90), place);
  for (let press = 0; press < count + 5; press++) {
    await page.keyboard.press('Tab');
    const { place, isSeen } = await page.evaluate(() => {
      const at = document.activeElement;
      const outlined = one => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) > 0;
      return { place: globalThis.stops.indexOf(at), isSeen: outlined(at) || outlined(at.parentElement) };
    });
    if (place < 0 || order.includes(place)) {
      if (order.length > 0) break;
      continue;
    }
    order.push(place);
    if (!isSeen) unseen.push(await name(place));
  }
  const missed = [];
  for (let place = 0; place < count; place++) if (!order.includes(place)) missed.push(await name(place));
  return [
    ...missed.map(each => `never reached: ${each}`),
    ...unseen.map(each => `nothing shows the focus: ${each}`),
    ...unless(order.every((place, i) => i === 0 || place > order[i - 1]), `the order is ${order}`),
  ];
}

export async function keyboard({ browser, dashboard, finished }) {
  const visitor = await browser.visitor();
  const { page } = visitor;
  const press = key => page.keyboard.press(key);
  const at = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  const tabTo = async name => {
    for (let i = 0; i < 200; i++) {
      await press('Tab');
      if (await at() === name) return;
    }
    throw new Error(`the tabulator never comes to ${name}`);
  };

  for (const [name, address] of [['the list', '/'], ['a sweep', `/sweeps/${finished}`], ['a point', `/sweeps/${finished}/points/7`], ['the silos', '/silos'], ['the form', '/submit']])
    await visitor.does(`Keyboard: ${name}: all is reached in the order of the page, and one sees where one is`, async () => {
      await page.goto(dashboard.url + address);
      if (address === `/sweeps/${finished}`) await figureAt(page);
      return walk(page);
    });

  await visitor.does('Keyboard: the first stop skips to the content', async () => {
    await page.goto(`${dashboard.url}/sweeps/${finished}`);
    await press('Tab');
    const first = await at();
    await press('Enter');
    await press('Tab');
    const inMain = await page.evaluate(() => document.querySelector('main').contains(document.activeElement));
    return unless(first === 'Skip to content' && inMain, `first is ${first}; then one is ${inMain ? '' : 'not '}in the content`);
  });

  await visitor.does('Keyboard: a value of the figure, from its table to the point', async () => {
    await page.goto(`${dashboard.url}/sweeps/${finished}`);
    await figureAt(page);
    await tabTo('Values as a table');
    await press('Enter');
    await press('Tab');
    await press('Tab');
    await press('Enter');
    await page.waitForURL(/\/points\/\d+$/);
  });

  await visitor.does('Keyboard: a sweep is submitted, paused, resumed and cancelled', async () => {
    await page.goto(dashboard.url);
    await tabTo('Submit a sweep');
    await press('Enter');
    await page.waitForURL(/\/submit$/);
    await tabTo('spec');
    await press('Control+A');
    await page.keyboard.insertText(long);
    await tabTo('Start');
    await press('Enter');
    await page.waitForURL(/said=submitted/);
    const id = idOf(page);
    await tabTo('Pause');
    await press('Enter');
    await page.waitForURL(/said=paused/);
    await tabTo('Resume');
    await press('Enter');
    await page.waitForURL(/said=resumed/);
    await tabTo('Cancel…');
    await press('Enter');
    await page.waitForURL(/\/cancel$/);
    await tabTo('Cancel the sweep');
    await press('Enter');
    await page.waitForURL(/said=cancelled/);
    await inState(page, /^cancelled/);
    return unless(await until('a cancelled sweep', async () => (await asked('status', id)).state === 'cancelled'), 'it goes on');
  });

  await visitor.judge('Keyboard');
}
