// A sweep from its form to its end, in one window: planned, started, watched while it moves by itself, looked at from other sides, paused,
// resumed, extended, cancelled. What the page claims is asked of the server as well.
import { unless } from '../browser.mjs';
import { button, figure, figureAt, idOf, inState, isMarked, link, mark, morePoints, pointsDone, state } from '../pages.mjs';
import { asked, order } from '../programs.mjs';
import { larger, long, watched } from '../specs.mjs';
import { LONG_PATIENCE, until } from '../waiting.mjs';

export async function steering({ browser, dashboard }) {
  const visitor = await browser.visitor();
  const list = await visitor.context.newPage();
  await list.goto(dashboard.url);
  await mark(list);
  const { page } = visitor;
  let id;

  await visitor.does('Steering: the list leads to the form; a plan says what a pasted spec comes to, and starts nothing', async () => {
    const before = (await asked('list', '--all')).length;
    await page.goto(dashboard.url);
    await link(page, 'Submit a sweep').click();
    await page.locator('#spec').fill(watched);
    await button(page, 'Plan').click();
    const plan = await page.locator('.plan').textContent();
    return [
      ...unless(/watched: 156 points/.test(plan), `the plan says ${plan}`),
      ...unless(await page.locator('#spec').inputValue() === watched, 'the text is another one'),
      ...unless((await asked('list', '--all')).length === before, 'there is a sweep'),
    ];
  });

  await visitor.does('Steering: Start starts it, and leads to its page', async () => {
    await button(page, 'Start').click();
    await page.waitForURL(/\/sweeps\/watched-\d+\?said=submitted/);
    id = idOf(page);
    return unless((await asked('status', id)).points === 156, 'the server has another sweep');
  });

  await visitor.does('Steering: a list that was open before has it without being loaded again', async () => {
    await until(`${id} in the list`, () => link(list, id).isVisible());
    return unless(await isMarked(list), 'it was loaded again');
  });

  await visitor.does('Steering: progress and phase diagram move, and the page is never loaded again', async () => {
    let loads = 0;
    page.on('framenavigated', () => { loads++; });
    await mark(page);
    const first = await figureAt(page, LONG_PATIENCE);
    const points = await morePoints(page, await pointsDone(page));
    const second = await until('another figure', async () => await figureAt(page) !== first && figureAt(page), LONG_PATIENCE);
    await morePoints(page, points);
    await until('a third figure', async () => await figureAt(page) !== second, LONG_PATIENCE);
    const title = await page.title();
    return [
      ...unless(await isMarked(page) && loads === 0, 'it was loaded again'),
      ...unless(/^\d+(\.\d+)?\s?% watched-/.test(title), `its title is ${title}`),
    ];
  });

  await visitor.does('Steering: the timeline has the chunks of each lane, and lanes have their rates there and among the silos', async () => {
    const lanes = page.locator('#timeline tbody tr');
    await until('a rate in the timeline', async () => /\d per (s|min)/.test((await lanes.allTextContents()).join()), LONG_PATIENCE);
    const bars = await page.locator('#timeline .chunk-settled').count();
    const silos = await visitor.context.newPage();
    await silos.goto(new URL('/silos', dashboard.url).href);
    const told = await silos.locator('#silos').textContent();
    await silos.close();
    return [
      ...unless(bars > 0, 'no chunk is settled'),
      ...unless(/\d per (s|min)/.test(told), `the silos' page says ${told}`),
      ...unless(await isMarked(page), 'it was loaded again'),
    ];
  });

  await visitor.does('Steering: other axes, another quantity and theory or residual are a choice each, shown at once and in the address', async () => {
    const mistakes = [];
    for (const [name, value] of [['quantity', 't_collapse'], ['what', 'theory'], ['what', 'residual'], ['x', 'drift'], ['y', 'lines']]) {
      if (await page.locator(`#${name}`).inputValue() === value) {
        mistakes.push(`${name} was ${value} already`);
        continue;
      }
      const before = await figureAt(page);
      await page.locator(`#${name}`).selectOption(value);
      await until(`a figure of ${name} ${value}`, async () => await figureAt(page) !== before);
      if (new URL(page.url()).searchParams.get(name) !== value) mistakes.push(`the address is ${page.url()} after ${name} ${value}`);
    }
    const shown = await figureAt(page);
    const second = await visitor.context.newPage();
    await second.goto(page.url());
    const chosen = await Promise.all(['x', 'y', 'quantity', 'what'].map(name => second.locator(`#${name}`).inputValue()));
    mistakes.push(...unless(chosen.join() === 'drift,lines,t_collapse,residual', `at the same address there is ${chosen}`));
    await second.close();
    return [...mistakes, ...unless(await isMarked(page), 'it was loaded again'), ...unless(shown.length > 0, 'no figure')];
  });

  await visitor.does('Steering: both sides never have the same axis', async () => {
    await page.locator('#y').selectOption('drift');
    await page.locator('#x').selectOption('drift');
    return unless(await page.locator('#y').inputValue() === 'separation', `upwards is ${await page.locator('#y').inputValue()}`);
  });

  await visitor.does('Steering: hovering a cell says value and error; a click leads to its point, with its curves and their theory', async () => {
    await page.locator('#what').selectOption('measured');
    await page.locator('#quantity').selectOption('t_speciation');
    await figureAt(page);
    // Of the points that are there, the first: chunks are in order.
    const cell = page.locator('#figure .plot a[href$="/points/0"]');
    await until('a value of point 0', async () => {
      await cell.hover();
      return /\d ± \d/.test(await page.locator('.readout').textContent());
    });
    await cell.click();
    await page.waitForURL(/\/points\/0$/);
    const curves = await page.locator('.curves svg').count();
    const table = await page.locator('.quantities').textContent();
    await page.goBack();
    await figureAt(page);
    return [
      ...unless(curves >= 5, `the point has ${curves} curves`),
      ...unless(/t_speciation/.test(table) && /±/.test(table), `the point's table says ${table}`),
      ...unless(idOf(page) === id, `back leads to ${page.url()}`),
    ];
  });

  await visitor.does('Steering: values stand in a table, too, and the table leads to the same points', async () => {
    await page.getByText('Values as a table').click();
    const address = await page.locator('table.values a').first().getAttribute('href');
    return unless(/\/points\/\d+$/.test(address), `the first value leads to ${address}`);
  });

  await visitor.does('Steering: Pause pauses', async () => {
    await button(page, 'Pause').click();
    await inState(page, /^paused/);
    const { state: told } = await asked('status', id);
    return unless(told === 'paused', `the server says ${told}`);
  });

  await visitor.does('Steering: Resume goes on', async () => {
    const before = await pointsDone(page);
    await button(page, 'Resume').click();
    await inState(page, /^(running|waiting)/);
    await morePoints(page, before);
  });

  await visitor.does('Steering: a grid is extended by its spec with more values, planned first', async () => {
    await link(page, 'Extend…').click();
    const stored = await page.locator('#spec').inputValue();
    await page.locator('#spec').fill(larger);
    await button(page, 'Plan').click();
    const plan = await page.locator('.plan').textContent();
    await button(page, 'Extend').click();
    await page.waitForURL(/said=extended/);
    await until('a larger grid', async () => (await asked('status', id)).points === 168);
    return [
      ...unless(/name: watched/.test(stored), `the form began with ${stored}`),
      ...unless(/12\s+beside the 156/.test(plan.replaceAll(/\s+/g, ' ')), `the plan says ${plan}`),
    ];
  });

  await visitor.does('Steering: what is no extension is refused with the difference, and nothing changes', async () => {
    visitor.forgive(/status of 422/);
    await page.goto(`${dashboard.url}/sweeps/${id}/extend`);
    await page.locator('#spec').fill(larger.replace('seed: 7', 'seed: 8'));
    await button(page, 'Extend').click();
    const said = await page.locator('#mistakes').textContent();
    return [...unless(/seed/.test(said), `it says ${said}`), ...unless((await asked('status', id)).points === 168, 'the grid is another one')];
  });

  await visitor.does('Steering: Cancel asks on a page of its own; one can let it go on', async () => {
    await page.goto(`${dashboard.url}/sweeps/${id}`);
    await link(page, 'Cancel…').click();
    await page.waitForURL(/\/cancel$/);
    const question = await page.locator('main').textContent();
    await link(page, 'Let it go on').click();
    const { state: told } = await asked('status', id);
    return [...unless(/cannot be resumed/.test(question), `it asks ${question}`), ...unless(told !== 'cancelled', 'it is cancelled')];
  });

  await visitor.does('Steering: and Cancel cancels', async () => {
    await link(page, 'Cancel…').click();
    await button(page, 'Cancel the sweep').click();
    await page.waitForURL(/said=cancelled/);
    await inState(page, /^cancelled/);
    const { state: told } = await asked('status', id);
    const left = await page.locator('#actions button, #actions a').count();
    return [...unless(told === 'cancelled', `the server says ${told}`), ...unless(left === 0, 'there are still buttons')];
  });

  await visitor.does('Steering: a list that was open all the time says so, too', async () => {
    await until(`${id} gone from what goes on`, async () => await list.locator('#now').getByRole('link', { name: id }).count() === 0);
    return unless(await isMarked(list), 'it was loaded again');
  });

  await visitor.does('Steering: a form sent twice starts one sweep', async () => {
    await page.goto(`${dashboard.url}/submit`);
    await page.locator('#spec').fill(long);
    const form = await page.evaluate(() => {
      const data = Object.fromEntries([...new FormData(document.querySelector('form.spec-form'))].filter(([, value]) => typeof value === 'string'));
      return { ...data, action: 'start' };
    });
    const send = () => page.request.post(`${dashboard.url}/submit`, { multipart: form, headers: { origin: dashboard.url }, maxRedirects: 0 });
    const answers = await Promise.all([send(), send(), send()]);
    const places = new Set(answers.map(answer => answer.headers().location ?? `nothing, with ${answer.status()}`));
    for (const { id: started } of (await asked('list')).filter(sweep => sweep.id.startsWith('long'))) await order('cancel', started);
    return unless(places.size === 1 && /long-\d+/.test([...places][0]), `it led to ${[...places].join(' and ')}`);
  });

  await visitor.judge('Steering');
}
