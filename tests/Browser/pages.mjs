// What a page shows, as a reader would say it.
import { LONG_PATIENCE, until } from './waiting.mjs';

export const idOf = page => decodeURIComponent(/\/sweeps\/([^/?#]+)/.exec(page.url())[1]);

export const state = page => page.locator('#status').getAttribute('data-state');

export const pointsDone = async page => Number((await page.locator('#status .facts strong').first().textContent()).replaceAll(/\D/g, ''));

export const figure = page => page.locator('#figure .plot svg').first().evaluate(svg => svg.outerHTML);

// The figure of the choices that are made now, and not one that is about to go.
export const figureAt = (page, patience) => until('a figure', async () =>
  await page.locator('#figure').getAttribute('aria-busy') === null && await page.locator('#figure .plot svg').count() > 0 && figure(page), patience);

export const morePoints = (page, than) => until(`more than ${than} points`, async () => await pointsDone(page) > than && pointsDone(page), LONG_PATIENCE);

export const inState = (page, words, patience) => until(`a sweep that is ${words}`, async () => words.test(await state(page)), patience);

// A page that is loaded again forgets it.
export const mark = page => page.evaluate(() => { globalThis.neverReloaded = true; });
export const isMarked = page => page.evaluate(() => globalThis.neverReloaded === true);

// The place of an element among links and buttons by what it says.
export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const link = (page, name) => page.getByRole('link', { name, exact: true });
