// How long a sweep's page takes in chromium until its figure is painted, in milliseconds from the navigation on: for tests/Benchmarks.
//
//   node tests/Browser/opening.mjs URL QUERY…
//
// Prints { first, unseen, again }: the page as it is, once for each query, and once more for each.
import { Browser } from './browser.mjs';

const [url, ...queries] = process.argv.slice(2);

// Runs before the page: tells the moment after the frame that has the figure in it.
function watch() {
  globalThis.painted = new Promise(resolve => {
    const look = () => {
      const figure = document.getElementById('figure');
      if (figure && !figure.hasAttribute('aria-busy') && figure.querySelector('.plot svg')) requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
      else requestAnimationFrame(look);
    };
    look();
  });
}

const browser = await Browser.launch('.');
try {
  const opened = async address => {
    const { context, page } = await browser.visitor();
    await page.addInitScript(watch);
    await page.goto(address, { waitUntil: 'commit' });
    const milliseconds = await page.evaluate(() => globalThis.painted);
    await context.close();
    return milliseconds;
  };
  const first = await opened(url);
  const unseen = [], again = [];
  for (const query of queries) unseen.push(await opened(`${url}?${query}`));
  for (const query of queries) again.push(await opened(`${url}?${query}`));
  console.log(JSON.stringify({ first, unseen, again }));
} finally {
  await browser.close();
}
